using System.Runtime.InteropServices;
using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>An AVFormatContext for writing, its connection, and the gate that libav asks while it waits.</summary>
internal sealed unsafe class OutputHandle : OwnedHandle
{
    // What is still buffered may leave; a shutdown must not wait longer for a peer that is gone.
    private static readonly TimeSpan ClosingTimeout = TimeSpan.FromMilliseconds(500);

    private readonly GCHandle _gateHandle;
    private readonly IDisposable _secrets;

    private OutputHandle(AVFormatContext* context, InterruptGate gate, GCHandle gateHandle, IDisposable secrets)
        : base(context)
    {
        Gate = gate;
        _gateHandle = gateHandle;
        _secrets = secrets;
    }

    /// <summary>Ends blocking calls on this output.</summary>
    public InterruptGate Gate { get; }

    /// <summary>The native context.</summary>
    public AVFormatContext* Context => (AVFormatContext*)Pointer;

    /// <summary>Makes the context and, for formats that write to a file or a connection of libav's, opens that.</summary>
    /// <param name="url">Where to write.</param>
    /// <param name="options">How.</param>
    /// <param name="dictionary">Loses the options that the protocol understood.</param>
    /// <param name="cancellationToken">Ends this and every later call.</param>
    public static OutputHandle Open(string url, MuxerOptions options, OptionDictionary dictionary, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var location = new NativeText(url);
        using var format = new NativeText(options.Format ?? FormatOf(url));
        AVFormatContext* context;
        _ = Averror.Check(FormatFunctions.avformat_alloc_output_context2(&context, null, format.Pointer, location.Pointer), "Choosing the format of", url);
        var gate = new InterruptGate(options.TimeProvider, cancellationToken);
        var output = new OutputHandle(context, gate, gate.Attach(), KnownSecrets.Add(url));
        context->interrupt_callback = InterruptGate.CallbackFor(output._gateHandle);
        if ((context->oformat->flags & AVFMT_NOFILE) != 0)
        {
            return output;
        }

        var callback = context->interrupt_callback;
        void* connection = null;
        gate.Arm(options.OpenTimeout);
        var status = FormatFunctions.avio_open2(&connection, location.Pointer, AVIO_FLAG_WRITE, &callback, dictionary.Address);
        context->pb = connection;
        if (status < 0)
        {
            var failure = output.Failure(status, "Opening", url, options.OpenTimeout, cancellationToken);
            output.Dispose();
            throw failure;
        }

        return output;
    }

    /// <summary>The exception of a failed call: the caller's token, our deadline, or what libav says.</summary>
    public Exception Failure(int status, string what, string url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        return Gate.Cause switch
        {
            InterruptCause.Cancelled => new OperationCanceledException($"{what} {UrlSecrets.MaskAddress(url)} was cancelled.", cancellationToken),
            InterruptCause.Deadline => new LibAvException($"{what} {UrlSecrets.MaskAddress(url)} took longer than {timeout.TotalSeconds:0.###} s.", LibAvError.TimedOut, Averror.TimedOut),
            _ => Averror.Exception(status, what, url),
        };
    }

    /// <inheritdoc/>
    protected override void Release(void* pointer)
    {
        Gate.ArmForClosing(ClosingTimeout);
        var context = (AVFormatContext*)pointer;
        if ((context->oformat->flags & AVFMT_NOFILE) == 0 && context->pb is not null)
        {
            var connection = context->pb;
            // What was to be told was told by Finish; a connection that is dropped has nothing to report.
            _ = FormatFunctions.avio_closep(&connection);
            context->pb = null;
        }

        FormatFunctions.avformat_free_context(context);
        _gateHandle.Free();
        _secrets.Dispose();
    }

    // libav goes by file endings, which network addresses lack.
    private static string? FormatOf(string url)
    {
        var end = url.IndexOf("://", StringComparison.Ordinal);
        return end < 0 ? null : url[..end] switch
        {
            "rtsp" or "rtsps" => "rtsp",
            "rtmp" or "rtmps" or "rtmpt" or "rtmpe" => "flv",
            "srt" or "udp" or "tcp" => "mpegts",
            "rtp" => "rtp",
            _ => null,
        };
    }
}
