using System.Globalization;
using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// Frames through a chain of libavfilter's filters, written as for ffmpeg: <c>highpass=f=100,lowpass=f=7000</c>. One thread
/// at a time. Send a frame, then receive until it needs input. Built for frames of one size and format; others need another graph.
/// </summary>
public sealed unsafe class FilterGraph : IDisposable
{
    private readonly GraphHandle _graph;
    private readonly string _filters;
    private readonly FrameShape _shape;
    private readonly void* _source;
    private readonly void* _sink;

    private FilterGraph(GraphHandle graph, string filters, FrameShape shape, void* source, void* sink)
    {
        (_graph, _filters, _shape) = (graph, filters, shape);
        _source = source;
        _sink = sink;
    }

    /// <summary>Seconds per tick of the time stamps that come out.</summary>
    public Rational TimeBase => Rational.From(FilterFunctions.av_buffersink_get_time_base(Sink));

    /// <summary>Frames a second that come out; 0/1 or 1/0 when unknown.</summary>
    public Rational FrameRate => Rational.From(FilterFunctions.av_buffersink_get_frame_rate(Sink));

    // The filters go with the graph, so a disposed graph must be noticed first.
    private void* Sink => _graph.Pointer is null ? null : _sink;

    private void* Source => _graph.Pointer is null ? null : _source;

    /// <summary>Builds a graph for frames like the one given.</summary>
    /// <param name="filters">The chain, with one input and one output; empty for none.</param>
    /// <param name="example">A frame of the kind that will be sent; only read during the call.</param>
    /// <param name="timeBase">Seconds per tick of the frames' time stamps.</param>
    /// <param name="frameRate">Frames a second, for filters that need it; default for unknown.</param>
    /// <exception cref="LibAvException">There is no such filter, or it refuses its arguments or the frames.</exception>
    public static FilterGraph Open(string filters, Frame example, Rational timeBase, Rational frameRate = default)
    {
        _ = LibAvLibraries.Load();
        var shape = FrameShape.Of(example);
        var graph = new GraphHandle(Averror.Allocated(FilterFunctions.avfilter_graph_alloc(), "Allocating a filter graph"));
        try
        {
            // One thread, as everywhere: a pool per graph would outnumber the cores.
            _ = Averror.Check(SetThreads(graph.Pointer), "Setting up a filter graph");
            var arguments = shape.SourceArguments(timeBase, frameRate);
            var source = AddFilter(graph.Pointer, shape.IsAudio ? "abuffer" : "buffer", "in", arguments);
            var sink = AddFilter(graph.Pointer, shape.IsAudio ? "abuffersink" : "buffersink", "out", null);
            var chain = filters.Length > 0 ? filters : shape.IsAudio ? "anull" : "null";
            Connect(graph.Pointer, chain, source, sink);
            _ = Averror.Check(FilterFunctions.avfilter_graph_config(graph.Pointer, null), "Setting up the filters", chain);
            return new FilterGraph(graph, chain, shape, source, sink);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Whether a frame is of the kind that the graph was built for.</summary>
    public bool Accepts(Frame frame)
    {
        return _shape.Fits(frame);
    }

    /// <summary>Hands a frame in; the caller keeps it, the graph takes a reference.</summary>
    /// <exception cref="ArgumentException">The frame is not of the kind that the graph was built for.</exception>
    public SendResult Send(Frame frame)
    {
        if (!Accepts(frame))
        {
            throw new ArgumentException($"The filters {_filters} were set up for {_shape}, not for {FrameShape.Of(frame)}.", nameof(frame));
        }

        return CodecStatus.Sent(FilterFunctions.av_buffersrc_add_frame_flags(Source, frame.Native, AV_BUFFERSRC_FLAG_KEEP_REF), "Filtering with", _filters);
    }

    /// <summary>Announces the end, so that frames held back come out.</summary>
    public SendResult SendEnd()
    {
        return CodecStatus.Sent(FilterFunctions.av_buffersrc_add_frame_flags(Source, null, 0), "Draining the filters", _filters);
    }

    /// <summary>Takes the next frame; what it held is dropped in any case.</summary>
    public ReceiveResult Receive(Frame frame)
    {
        frame.Clear();
        var result = CodecStatus.Received(FilterFunctions.av_buffersink_get_frame(Sink, frame.Native), "Filtering with", _filters);

        // Filters move the time and leave the decoder's guess of it as it was, which would win from here on.
        frame.Pts = frame.Native->pts;
        return result;
    }

    /// <summary>Frees the filters; frames received stay valid.</summary>
    public void Dispose()
    {
        _graph.Dispose();
    }

    private static int SetThreads(void* graph)
    {
        using var name = new NativeText("threads");
        using var value = new NativeText(1.ToString(CultureInfo.InvariantCulture));
        return UtilFunctions.av_opt_set(graph, name.Pointer, value.Pointer, 0);
    }

    private static void* AddFilter(void* graph, string filter, string name, string? arguments)
    {
        using var filterText = new NativeText(filter);
        using var nameText = new NativeText(name);
        using var argumentText = new NativeText(arguments);
        void* context;
        _ = Averror.Check(
            FilterFunctions.avfilter_graph_create_filter(&context, FilterFunctions.avfilter_get_by_name(filterText.Pointer), nameText.Pointer, argumentText.Pointer, null, graph),
            "Making the filter",
            $"{filter} {arguments}");
        return context;
    }

    private static void Connect(void* graph, string chain, void* source, void* sink)
    {
        using var text = new NativeText(chain);
        // Seen from the chain: what it reads from is our output, what it writes to our input.
        var outputs = End("in", source);
        var inputs = End("out", sink);
        var status = FilterFunctions.avfilter_graph_parse_ptr(graph, text.Pointer, &inputs, &outputs, null);
        var open = inputs is not null || outputs is not null;
        FilterFunctions.avfilter_inout_free(&inputs);
        FilterFunctions.avfilter_inout_free(&outputs);
        _ = Averror.Check(status, "Parsing the filters", chain);
        if (open)
        {
            throw new LibAvException($"The filters {chain} do not have one input and one output.", LibAvError.InvalidArgument);
        }
    }

    private static AVFilterInOut* End(string name, void* filter)
    {
        using var text = new NativeText(name);
        var end = (AVFilterInOut*)Averror.Allocated(FilterFunctions.avfilter_inout_alloc(), "Allocating a filter's end");
        end->name = UtilFunctions.av_strdup(text.Pointer);
        end->filter_ctx = filter;
        end->pad_idx = 0;
        end->next = null;
        return end;
    }

    private sealed class GraphHandle(void* graph) : OwnedHandle(graph)
    {
        protected override void Release(void* pointer)
        {
            FilterFunctions.avfilter_graph_free(&pointer);
        }
    }
}
