using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Tests.MediaMtx.Scopes;

public class ScopeTests
{
    [Theory]
    [InlineData("admin", AccessRight.Admin, null, true)]
    [InlineData("admin", AccessRight.Publish, "live/cam", true)]
    [InlineData("read:live/cam", AccessRight.Read, "live/cam", true)]
    [InlineData("read:live/cam", AccessRight.Read, "live/cam2", false)]
    [InlineData("read:live/cam", AccessRight.Publish, "live/cam", false)]
    [InlineData("read:live/cam", AccessRight.Admin, "live/cam", false)]
    [InlineData("read:live/cam", AccessRight.Read, "live/cam-annotated", true)]
    [InlineData("publish:live/cam", AccessRight.Publish, "live/cam-annotated", false)]
    [InlineData("publish:live/cam", AccessRight.Read, "live/cam", false)]
    [InlineData("publish:live/*", AccessRight.Publish, "live/cam", true)]
    [InlineData("publish:live/cam", AccessRight.Publish, "live/cam-talk", true)]
    [InlineData("publish:live/cam", AccessRight.Read, "live/cam-talk", true)]
    [InlineData("publish:live/cam", AccessRight.Read, "live/cam2-talk", false)]
    [InlineData("publish:live/*", AccessRight.Read, "live/cam-talk", true)]
    [InlineData("publish:live/cam-talk", AccessRight.Read, "live/cam-talk", false)]
    [InlineData("publish:live/cam", AccessRight.Admin, "live/cam-talk", false)]
    [InlineData("read:live/cam", AccessRight.Read, "live/cam-talk", true)]
    [InlineData("read:live/cam", AccessRight.Publish, "live/cam-talk", false)]
    [InlineData("read:live/cam-talk", AccessRight.Read, "live/cam", false)]
    [InlineData("read:*", AccessRight.Read, null, true)]
    [InlineData("read:live/*", AccessRight.Read, null, false)]
    [InlineData("publish:*", AccessRight.Admin, null, false)]
    public void A_scope_allows_its_right_on_its_streams(string text, AccessRight right, string? stream, bool expected)
    {
        Assert.True(Scope.TryParse(text, out var scope, out _));
        Assert.Equal(expected, scope.Allows(right, stream is null ? null : StreamName.Parse(stream)));
        Assert.Equal(text, scope.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("read")]
    [InlineData("read:")]
    [InlineData("write:live/cam")]
    [InlineData("Admin")]
    [InlineData("admin:*")]
    [InlineData("read:live cam")]
    public void Anything_else_is_refused_with_a_sentence(string? text)
    {
        Assert.False(Scope.TryParse(text, out _, out var error));
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }
}
