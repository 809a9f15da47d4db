using System.Runtime.InteropServices;
using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>An opened AVFormatContext together with the gate that libav asks while it waits.</summary>
internal sealed unsafe class InputHandle : OwnedHandle
{
    // Enough for an RTSP TEARDOWN to leave over a slow link; a shutdown must not wait longer for a peer that is gone.
    private static readonly TimeSpan ClosingTimeout = TimeSpan.FromMilliseconds(500);

    private readonly GCHandle _gateHandle;
    private readonly IDisposable _secrets;

    private InputHandle(AVFormatContext* context, InterruptGate gate, GCHandle gateHandle, IDisposable secrets, IReadOnlyList<string> unusedOptions)
        : base(context)
    {
        Gate = gate;
        _gateHandle = gateHandle;
        _secrets = secrets;
        UnusedOptions = unusedOptions;
    }

    /// <summary>Ends blocking calls on this input.</summary>
    public InterruptGate Gate { get; }

    /// <summary>Options that nobody understood.</summary>
    public IReadOnlyList<string> UnusedOptions { get; }

    /// <summary>The native context.</summary>
    public AVFormatContext* Context => (AVFormatContext*)Pointer;

    /// <summary>Opens an input and completes its streams; see <c>Demuxer.Open</c>.</summary>
    public static InputHandle Open(string url, DemuxerOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var location = new NativeText(url);
        using var dictionary = new OptionDictionary(options.Options);
        var format = FindFormat(options.InputFormat);
        var gate = new InterruptGate(options.TimeProvider, cancellationToken);
        var gateHandle = gate.Attach();
        var secrets = KnownSecrets.Add(url);
        AVFormatContext* context;
        int status;
        try
        {
            context = (AVFormatContext*)Averror.Allocated(FormatFunctions.avformat_alloc_context(), "Allocating an input");
            context->interrupt_callback = InterruptGate.CallbackFor(gateHandle);
            gate.Arm(options.OpenTimeout);
            status = FormatFunctions.avformat_open_input(&context, location.Pointer, format, dictionary.Address);
            if (status < 0)
            {
                // A failed open has freed the context.
                throw OpenFailure(status, gate, url, options, cancellationToken);
            }
        }
        catch
        {
            gateHandle.Free();
            secrets.Dispose();
            throw;
        }

        var input = new InputHandle(context, gate, gateHandle, secrets, dictionary.Unused);
        if (options.FindStreamInfo)
        {
            status = FormatFunctions.avformat_find_stream_info(context, null);
            // An interrupted search may still report success with streams half known.
            if (status < 0 || gate.Cause != InterruptCause.None)
            {
                // Closing arms the gate anew, which forgets why it ended the search.
                var failure = OpenFailure(status, gate, url, options, cancellationToken);
                input.Dispose();
                throw failure;
            }
        }

        return input;
    }

    /// <inheritdoc/>
    protected override void Release(void* pointer)
    {
        Gate.ArmForClosing(ClosingTimeout);
        var context = (AVFormatContext*)pointer;
        FormatFunctions.avformat_close_input(&context);
        _gateHandle.Free();
        _secrets.Dispose();
    }

    private static AVInputFormat* FindFormat(string? name)
    {
        if (name is null)
        {
            return null;
        }

        using var text = new NativeText(name);
        var format = FormatFunctions.av_find_input_format(text.Pointer);
        if (format is null)
        {
            LibAvLibraries.RegisterDevices();
            format = FormatFunctions.av_find_input_format(text.Pointer);
        }

        return format is not null ? format : throw new LibAvException($"This FFmpeg has no input format named {name}.", LibAvError.Unsupported);
    }

    private static Exception OpenFailure(int status, InterruptGate gate, string url, DemuxerOptions options, CancellationToken cancellationToken)
    {
        return gate.Cause switch
        {
            InterruptCause.Cancelled => new OperationCanceledException($"Opening {UrlSecrets.MaskAddress(url)} was cancelled.", cancellationToken),
            InterruptCause.Deadline => new LibAvException(
                $"Opening {UrlSecrets.MaskAddress(url)} took longer than {options.OpenTimeout.TotalSeconds:0.###} s.", LibAvError.TimedOut, Averror.TimedOut),
            _ => Averror.Exception(status, "Opening", url),
        };
    }
}
