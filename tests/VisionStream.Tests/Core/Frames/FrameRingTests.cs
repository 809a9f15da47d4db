using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Core.Frames;

public sealed class FrameRingTests
{
    private static readonly FrameFormat Small = new(34, 18, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Limited);
    private static readonly StreamSession Session = StreamSession.Start(TimeProvider.System);

    [Fact]
    public void The_newest_frame_wins_and_its_picture_is_whole()
    {
        using var ring = new FrameRing(4);
        for (byte value = 1; value <= 10; value++)
        {
            Write(ring, value);
        }

        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            Assert.Equal(10, lease.Frame.Id);
            Assert.Equal(10, lease.Frame.Info.Pts.Value);
            for (var plane = 0; plane < 3; plane++)
            {
                for (var y = 0; y < Small.PlaneHeight(plane); y++)
                {
                    var row = lease.Frame.Plane(plane).Slice(y * lease.Frame.Stride(plane), Small.PlaneWidth(plane));
                    Assert.Equal(-1, row.IndexOfAnyExcept((byte)(10 + plane)));
                }
            }
        }

        Assert.False(ring.TryLeaseNewest(10, out _));
    }

    [Fact]
    public void A_leased_frame_is_not_written_while_the_writer_goes_round()
    {
        using var ring = new FrameRing(3);
        Write(ring, 7);
        Assert.True(ring.TryLeaseNewest(0, out var lease));
        for (byte value = 100; value < 120; value++)
        {
            Write(ring, value);
        }

        Assert.Equal(1, lease.Frame.Id);
        Assert.Equal(7, lease.Frame.Plane(0)[0]);
        lease.Dispose();
    }

    [Fact]
    public void When_every_slot_is_leased_the_writer_is_told_and_does_not_wait()
    {
        using var ring = new FrameRing(3);
        var leases = new List<FrameLease>();
        for (byte value = 0; value < 3; value++)
        {
            Write(ring, value);
            Assert.True(ring.TryLeaseNewest(value, out var lease));
            leases.Add(lease);
        }

        Assert.False(ring.TryBeginWrite(Small, out _));
        Assert.Equal(3, ring.OutstandingLeases().Count);
        leases[0].Dispose();
        Assert.True(ring.TryBeginWrite(Small, out _));
        leases.ForEach(l => l.Dispose());
        Assert.Empty(ring.OutstandingLeases());
    }

    [Fact]
    public void A_reader_of_every_frame_gets_them_in_order_and_sees_the_gap()
    {
        using var ring = new FrameRing(5);
        using var follower = ring.Follow();
        Write(ring, 1);
        Write(ring, 2);
        Assert.Equal([1, 2], ReadAll(ring, 0));
        for (byte value = 3; value <= 20; value++)
        {
            Write(ring, value);
        }

        var late = ReadAll(ring, 2);
        Assert.Equal(20, late[^1]);
        Assert.Equal(late.Order(), late);
        Assert.Equal(Enumerable.Range((int)late[0], late.Count).Select(i => (long)i), late);
        Assert.InRange(late.Count, 4, 5);
    }

    [Fact]
    public void Without_a_follower_the_writer_goes_to_and_fro_between_two_slots()
    {
        using var ring = new FrameRing(5);
        var written = new HashSet<VideoFrame>();
        for (byte value = 1; value <= 20; value++)
        {
            Write(ring, value);
            written.Add(Newest(ring));
        }

        Assert.Equal(2, written.Count);
        Assert.True(ring.TryLeaseNewest(0, out var held));
        for (byte value = 21; value <= 40; value++)
        {
            Write(ring, value);
            written.Add(Newest(ring));
        }

        Assert.Equal(3, written.Count);
        held.Dispose();
        var follower = ring.Follow();
        for (byte value = 41; value <= 60; value++)
        {
            Write(ring, value);
        }

        Assert.Equal([57, 58, 59, 60], ReadAll(ring, 56));
        follower.Dispose();
        follower.Dispose();
        Write(ring, 61);
        Write(ring, 62);
        Assert.Equal([57, 58, 61, 62], ReadAll(ring, 56));

        static VideoFrame Newest(FrameRing ring)
        {
            Assert.True(ring.TryLeaseNewest(0, out var lease));
            using (lease)
            {
                return lease.Frame;
            }
        }
    }

    [Fact]
    public void Returning_a_lease_twice_does_not_free_somebody_elses()
    {
        using var ring = new FrameRing(3);
        Write(ring, 1);
        Assert.True(ring.TryLeaseNewest(0, out var first));
        first.Dispose();
        Assert.True(ring.TryLeaseNewest(0, out var second));
        first.Dispose();

        Assert.Single(ring.OutstandingLeases());
        Assert.NotEqual(first, second);
        second.Dispose();
    }

    [Fact]
    public void A_lease_that_is_not_returned_is_named()
    {
        var ring = new FrameRing(3);
        Write(ring, 1);
        Assert.True(ring.TryLeaseNewest(0, out var lease));

        var named = $"frame 1 taken by {nameof(A_lease_that_is_not_returned_is_named)} in FrameRingTests.cs";
        Assert.Equal(named, Assert.Single(ring.OutstandingLeases()));
#if DEBUG
        Assert.Contains(named, Assert.Throws<InvalidOperationException>(ring.Dispose).Message, StringComparison.Ordinal);
#else
        ring.Dispose();
#endif
        lease.Dispose();
    }

    [Fact]
    public void Another_size_or_layout_takes_the_slot_over()
    {
        using var ring = new FrameRing(3);
        Write(ring, 1);
        foreach (var layout in Enum.GetValues<PixelLayout>())
        {
            foreach (var (width, height) in new[] { (1, 1), (65, 33), (640, 338), (16, 16) })
            {
                var format = Small with { Width = width, Height = height, Layout = layout };
                Write(ring, 9, format);
                Assert.True(ring.TryLeaseNewest(0, out var lease));
                using (lease)
                {
                    Assert.Equal(format, lease.Frame.Format);
                    for (var plane = 0; plane < format.PlaneCount; plane++)
                    {
                        Assert.Equal(0, lease.Frame.Stride(plane) % VideoFrame.Alignment);
                        Assert.Equal((byte)(9 + plane), lease.Frame.Plane(plane)[0]);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_size_out_of_bounds_is_refused()
    {
        using var ring = new FrameRing();
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.TryBeginWrite(Small with { Width = 0 }, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.TryBeginWrite(Small with { Height = FrameFormat.MaxSide + 1 }, out _));
    }

    [Fact]
    public void Watchers_are_called_after_each_publication_until_they_leave()
    {
        using var ring = new FrameRing(3);
        var seen = new List<long>();
        using (ring.Watch(frame => seen.Add(frame.Id)))
        {
            Write(ring, 1);
            Write(ring, 2);
        }

        Write(ring, 3);
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void Writing_and_leasing_allocate_nothing_once_the_slots_have_their_memory()
    {
        using var ring = new FrameRing(4);

        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            for (byte i = 0; i < 100; i++)
            {
                Write(ring, i);
                Assert.True(ring.TryLeaseNewest(0, out var lease));
                lease.Dispose();
            }
        }));
    }

    [Fact]
    public async Task Readers_never_see_a_torn_frame_while_the_writer_runs()
    {
        // One slot for each reader, one newest, one to write.
        using var ring = new FrameRing(5);
        using var stop = new CancellationTokenSource();
        using var reading = new CountdownEvent(3);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var last = 0L;
            var read = 0;
            while (!stop.IsCancellationRequested)
            {
                if (ring.TryLeaseNewest(last, out var lease))
                {
                    using (lease)
                    {
                        Assert.True(lease.Frame.Id > last);
                        last = lease.Frame.Id;
                        var row = lease.Frame.Plane(0)[..Small.Width];
                        Assert.Equal(-1, row.IndexOfAnyExcept((byte)lease.Frame.Info.Pts.Value));
                        if (read++ == 0)
                        {
                            reading.Signal();
                        }
                    }
                }
            }

            return read;
        })).ToArray();

        // A busy machine may start the readers late; the writer goes on until each has read.
        var written = 0;
        while (written < 20_000 || !reading.IsSet)
        {
            Write(ring, (byte)written++);
        }

        await stop.CancelAsync();
        var reads = await Task.WhenAll(readers);
        Assert.True(reads.Sum() > 0, "No reader saw a frame.");
        Assert.Equal(written, ring.NewestId);
        Assert.Empty(ring.OutstandingLeases());
    }

    private static List<long> ReadAll(FrameRing ring, long after)
    {
        var ids = new List<long>();
        while (ring.TryLeaseNext(after, out var lease))
        {
            using (lease)
            {
                after = lease.Frame.Id;
                ids.Add(after);
            }
        }

        return ids;
    }

    private static void Write(FrameRing ring, byte value, FrameFormat? format = null) =>
        Assert.True(TryWrite(ring, value, format ?? Small));

    private static bool TryWrite(FrameRing ring, byte value, FrameFormat format)
    {
        if (!ring.TryBeginWrite(format, out var write))
        {
            return false;
        }

        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            write.Plane(plane).Fill((byte)(value + plane));
        }

        ring.Publish(write, new FrameInfo(Session, new MediaTime(value, 1, 1000), default, ClockSource.Arrival, 0, 0, false));
        return true;
    }
}
