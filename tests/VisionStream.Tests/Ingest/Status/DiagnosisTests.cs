using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Status;
using VisionStream.LibAv;

namespace VisionStream.Tests.Ingest.Status;

public sealed class DiagnosisTests
{
    [Theory]
    [InlineData("rtsp://u:secret@h/x", LibAvError.ConnectionRefused, VisitOutcome.Lost, "Nothing listens at rtsp://***@h/x.")]
    [InlineData("rtsp://u:secret@h/x", LibAvError.NotFound, VisitOutcome.Lost, "There is nothing at rtsp://***@h/x yet.")]
    [InlineData("rtsp://u:secret@h/x", LibAvError.Unauthorized, VisitOutcome.Lost, "asks for other credentials")]
    [InlineData("rtsp://h/x", LibAvError.TimedOut, VisitOutcome.Lost, "did not answer in time")]
    [InlineData("rtsp://h/x", LibAvError.InvalidData, VisitOutcome.Lost, "cannot read")]
    [InlineData("rtsp://h/x", LibAvError.Other, VisitOutcome.Lost, "What libav said")]
    [InlineData("rtmp://h/live/x", LibAvError.Disconnected, VisitOutcome.Lost, "closed the connection")]
    [InlineData("srt://h:9", LibAvError.Unsupported, VisitOutcome.Unusable, "What libav said")]
    [InlineData("/clip.mp4", LibAvError.InvalidData, VisitOutcome.Hopeless, "no image or video")]
    [InlineData("/clip.mp4", LibAvError.Unsupported, VisitOutcome.Hopeless, "What libav said")]
    [InlineData("lavfi:x", LibAvError.InvalidArgument, VisitOutcome.Hopeless, "no filter graph")]
    [InlineData("v4l2:/dev/video0", LibAvError.NotFound, VisitOutcome.Lost, "There is no camera")]
    [InlineData("v4l2:/dev/video0", LibAvError.Busy, VisitOutcome.Lost, "is in use")]
    [InlineData("rtmp://h/live/x?listen=1", LibAvError.EndOfStream, VisitOutcome.PublisherLeft, "waiting")]
    [InlineData("rtmp://h/live/x?listen=1", LibAvError.TimedOut, VisitOutcome.PublisherLeft, "waiting")]
    [InlineData("rtmp://h/live/x?listen=1", LibAvError.Busy, VisitOutcome.Lost, "The port of")]
    [InlineData("rtsp://h/x", LibAvError.LibrariesUnusable, VisitOutcome.Hopeless, "What libav said")]
    public void Each_error_has_a_sentence_and_says_what_happens_next(string source, LibAvError error, object outcome, string part)
    {
        var end = Diagnosis.Of(new LibAvException("What libav said.", error), SourceUrl.Parse(source));
        Assert.Equal(outcome, end.Outcome);
        Assert.Contains(part, end.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", end.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", end.Reason, StringComparison.Ordinal);
    }
}
