using System.Runtime.CompilerServices;

namespace VisionStream.Core.Frames;

/// <summary>
/// One writer, any number of readers. The writer never waits: it takes a slot that nobody holds. Readers lease frames and never
/// block the writer; a frame that is overwritten before anybody looked shows as a gap in the ids.
/// </summary>
/// <remarks>
/// <code>
///   TryBeginWrite -> fill planes -> Publish        the writer's thread
///   Watch                                          called there, after each Publish
///   TryLeaseNewest / TryLeaseNext -> Dispose       any thread
/// </code>
/// While a reader that wants every frame is there (<see cref="Follow"/>), the oldest slot is written next, so that the last
/// <see cref="Capacity"/> frames can be read. Without one only the newest frame and those that are leased will ever be read again: the
/// slot that was written last is taken, which is still in the processor's caches, and of the other slots most never get memory
/// (a ring of 30 frames of 720p takes 7 MB instead of 42). The lock is held for a scan of the slots, never while pixels move.
/// </remarks>
public sealed class FrameRing : IDisposable
{
    /// <summary>Slots unless told otherwise: a second of video at 30 frames a second.</summary>
    public const int DefaultCapacity = 30;

    private readonly VideoFrame[] _slots;
    private readonly LeaseBook _book;
    private Action<VideoFrame>[] _watchers = [];
    private VideoFrame? _writing;
    private VideoFrame? _newest;
    private int _followers;
    private bool _disposed;

    /// <summary>Makes a ring; slots get their memory when they are first written.</summary>
    /// <param name="capacity">Slots, 3 to 1000 (default: 30).</param>
    public FrameRing(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1000);
        _slots = new VideoFrame[capacity];
        for (var i = 0; i < capacity; i++)
        {
            _slots[i] = new VideoFrame();
        }

        // Several readers may hold the same frame, so there are more entries than slots.
        _book = new LeaseBook(capacity * 2);
    }

    /// <summary>Slots.</summary>
    public int Capacity => _slots.Length;

    /// <summary>The id of the newest frame; 0 before the first one.</summary>
    public long NewestId
    {
        get
        {
            lock (_book.Gate)
            {
                return _newest?.Id ?? 0;
            }
        }
    }

    /// <summary>Takes a free slot for the next frame. False when all are leased: the frame has to be dropped.</summary>
    public bool TryBeginWrite(in FrameFormat format, out FrameWrite write)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(format.Width is > 0 and <= FrameFormat.MaxSide, true, nameof(format));
        ArgumentOutOfRangeException.ThrowIfNotEqual(format.Height is > 0 and <= FrameFormat.MaxSide, true, nameof(format));
        lock (_book.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            VideoFrame? free = null;
            foreach (var slot in _slots)
            {
                if (slot.Holders == 0 && slot != _newest && (free is null || (_followers > 0 ? slot.Id < free.Id : slot.Id > free.Id)))
                {
                    free = slot;
                }
            }

            if (free is null)
            {
                write = default;
                return false;
            }

            // From here on no reader can find it.
            free.Id = 0;
            _writing = free;
        }

        _writing.Shape(format);
        write = new FrameWrite(_writing);
        return true;
    }

    /// <summary>Makes the filled slot the newest frame and tells the watchers.</summary>
    /// <returns>Its id.</returns>
    public long Publish(in FrameWrite write, in FrameInfo info)
    {
        var frame = write.Frame;
        if (frame is null || frame != _writing)
        {
            throw new InvalidOperationException("Publish takes the slot that TryBeginWrite gave last.");
        }

        frame.Info = info;
        lock (_book.Gate)
        {
            frame.Id = (_newest?.Id ?? 0) + 1;
            _newest = frame;
            _writing = null;
        }

        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            watcher(frame);
        }

        return frame.Id;
    }

    /// <summary>Leases the newest frame if it is newer than <paramref name="newerThan"/>.</summary>
    public bool TryLeaseNewest(long newerThan, out FrameLease lease, [CallerMemberName] string member = "", [CallerFilePath] string file = "")
    {
        lock (_book.Gate)
        {
            return TryLease(_newest is { } newest && newest.Id > newerThan ? newest : null, out lease, file, member);
        }
    }

    /// <summary>
    /// Leases the oldest frame that is newer than <paramref name="after"/>; readers that want every frame in order
    /// <see cref="Follow"/> first. <c>lease.Frame.Id - after - 1</c> frames were overwritten in between.
    /// </summary>
    public bool TryLeaseNext(long after, out FrameLease lease, [CallerMemberName] string member = "", [CallerFilePath] string file = "")
    {
        lock (_book.Gate)
        {
            VideoFrame? next = null;
            foreach (var slot in _slots)
            {
                if (slot.Id > after && (next is null || slot.Id < next.Id))
                {
                    next = slot;
                }
            }

            return TryLease(next, out lease, file, member);
        }
    }

    /// <summary>Keeps the last <see cref="Capacity"/> frames readable, until the result is disposed.</summary>
    public IDisposable Follow()
    {
        lock (_book.Gate)
        {
            _followers++;
        }

        return new Registration(() =>
        {
            lock (_book.Gate)
            {
                _followers--;
            }
        });
    }

    /// <summary>
    /// Calls <paramref name="watcher"/> on the writer's thread after each publication, until the result is disposed. The frame is
    /// readable during the call. The watcher must be quick and must not throw.
    /// </summary>
    public IDisposable Watch(Action<VideoFrame> watcher)
    {
        lock (_book.Gate)
        {
            _watchers = [.. _watchers, watcher];
        }

        return new Registration(() =>
        {
            lock (_book.Gate)
            {
                _watchers = [.. _watchers.Where(w => w != watcher)];
            }
        });
    }

    /// <summary>Leases that are out, a line each; empty when all is well.</summary>
    public IReadOnlyList<string> OutstandingLeases() => _book.Outstanding();

    /// <summary>Ends the ring. Leases that are out stay readable; in Debug builds they are a programming error, named in the message.</summary>
    /// <exception cref="InvalidOperationException">Debug builds only: somebody still holds a lease.</exception>
    public void Dispose()
    {
        lock (_book.Gate)
        {
            _disposed = true;
            _watchers = [];
        }

#if DEBUG
        var leaks = _book.Outstanding();
        if (leaks.Count > 0)
        {
            throw new InvalidOperationException($"Leases not returned: {string.Join("; ", leaks)}.");
        }
#endif
    }

    private bool TryLease(VideoFrame? frame, out FrameLease lease, string file, string member)
    {
        lease = default;
        if (frame is null || _disposed || !_book.TryTake(frame, file, member, out var entry, out var ticket))
        {
            return false;
        }

        lease = new FrameLease(_book, frame, entry, ticket);
        return true;
    }
}
