using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.MediaMtx.Tokens;

public class StreamPasswordsTests
{
    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");
    private static readonly StreamName Annotated = StreamName.Parse("live/glasses-annotated");

    private readonly ManualTime _time = new();
    private readonly SigningKey _key = SigningKey.Generate();
    private readonly Dictionary<StreamName, string> _made = new() { [Glasses] = "first", [StreamName.Parse("live/other")] = "other" };

    [Theory]
    [InlineData(true, false, AccessRight.Publish, TokenVerdict.Valid)]
    [InlineData(true, false, AccessRight.Read, TokenVerdict.Invalid)]
    [InlineData(false, true, AccessRight.Read, TokenVerdict.Valid)]
    [InlineData(false, true, AccessRight.Publish, TokenVerdict.Invalid)]
    [InlineData(true, true, AccessRight.Read, TokenVerdict.Valid)]
    [InlineData(true, true, AccessRight.Publish, TokenVerdict.Valid)]
    [InlineData(true, true, AccessRight.Admin, TokenVerdict.Invalid)]
    public void A_password_is_for_its_rights(bool publish, bool read, AccessRight right, TokenVerdict expected)
    {
        var passwords = Passwords(_key);
        Assert.Equal(expected, passwords.Verify(passwords.Issue(Glasses, publish, read, TimeSpan.FromHours(1)).Text, right, Glasses));
    }

    [Fact]
    public void A_password_is_for_one_stream_and_its_annotated_video()
    {
        var passwords = Passwords(_key);
        var text = passwords.Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text;
        Assert.Equal(TokenVerdict.Valid, passwords.Verify(text, AccessRight.Read, Annotated));
        Assert.Equal(TokenVerdict.Invalid, passwords.Verify(text, AccessRight.Publish, Annotated));
        Assert.Equal(TokenVerdict.Invalid, passwords.Verify(text, AccessRight.Read, StreamName.Parse("live/other")));
    }

    [Theory]
    [InlineData(true, false, AccessRight.Publish, TokenVerdict.Valid)]
    [InlineData(true, false, AccessRight.Read, TokenVerdict.Valid)]
    [InlineData(false, true, AccessRight.Read, TokenVerdict.Valid)]
    [InlineData(false, true, AccessRight.Publish, TokenVerdict.Invalid)]
    public void A_password_for_publishing_speaks_and_hears_and_one_for_reading_hears(bool publish, bool read, AccessRight right, TokenVerdict expected)
    {
        var passwords = Passwords(_key);
        var text = passwords.Issue(Glasses, publish, read, TimeSpan.FromHours(1)).Text;
        Assert.Equal(expected, passwords.Verify(text, right, StreamName.Parse("live/glasses-talk")));
        Assert.Equal(TokenVerdict.Invalid, passwords.Verify(text, right, StreamName.Parse("live/other-talk")));
    }

    [Fact]
    public void The_stream_of_a_password_is_found_among_those_there_are()
    {
        var passwords = Passwords(_key);
        var password = passwords.Issue(Glasses, publish: false, read: true, TimeSpan.FromMinutes(1));
        var found = passwords.Find(password.Text);
        Assert.Equal((TokenVerdict.Valid, "live/glasses", "read:live/glasses", password.ExpiresAt), (found.Verdict, found.Subject, string.Join(' ', found.Scopes), found.ExpiresAt));
        Assert.All(["vs-", "vs-r9999999999-00000000-AAAAAAAAAAAAAAAAAAAAAA", password.Text + "A", ""], t => Assert.Equal(TokenVerdict.Invalid, passwords.Find(t).Verdict));

        // Made anew its mark is another one; gone, nobody can say whose it was.
        _made[Glasses] = "second";
        Assert.Equal(TokenVerdict.Expired, passwords.Find(password.Text).Verdict);
        _made.Remove(Glasses);
        Assert.Equal(TokenVerdict.Invalid, passwords.Find(password.Text).Verdict);
        _made[Glasses] = "first";
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TokenVerdict.Expired, passwords.Find(password.Text).Verdict);
    }

    [Fact]
    public void A_password_ends()
    {
        var passwords = Passwords(_key);
        var password = passwords.Issue(Glasses, publish: true, read: false, TimeSpan.FromMinutes(1));
        Assert.Equal(ManualTime.Start.AddMinutes(1), password.ExpiresAt);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TokenVerdict.Valid, passwords.Verify(password.Text, AccessRight.Publish, Glasses));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenVerdict.Expired, passwords.Verify(password.Text, AccessRight.Publish, Glasses));
    }

    [Fact]
    public void No_part_of_a_password_can_be_changed()
    {
        var passwords = Passwords(_key);
        var text = passwords.Issue(Glasses, publish: false, read: true, TimeSpan.FromHours(1)).Text;
        string[] forgeries =
        [
            text.Replace("vs-r1", "vs-b1", StringComparison.Ordinal), text.Replace("vs-r1", "vs-r2", StringComparison.Ordinal),
            text[..^2] + (text[^2] == 'A' ? "BA" : "AA"), text[..^1], text + "A", text[..15], "vs-", "vs-r-", "vs--", "vs-r9999999999-", "", "vs", "vs-r" + new string('9', 40) + "-x",
            text[..15] + "00000000" + text[23..], "vs-r9999999999-00000000-", "vs-r9999999999-00000000",
        ];
        Assert.All(forgeries, f => Assert.Equal(TokenVerdict.Invalid, passwords.Verify(f, AccessRight.Read, Glasses)));
        Assert.Equal(TokenVerdict.Invalid, Passwords(SigningKey.Generate()).Verify(text, AccessRight.Read, Glasses));
    }

    [Fact]
    public void A_password_is_short_and_needs_no_escaping_anywhere()
    {
        var text = Passwords(_key).Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text;
        Assert.Matches("^vs-[A-Za-z0-9_-]{10,50}$", text);
        Assert.Equal(text, Uri.EscapeDataString(text));
        Assert.InRange(text.Length, 38, 48);
    }

    [Fact]
    public void A_password_ends_with_its_stream_and_is_no_guess_then()
    {
        var passwords = Passwords(_key);
        var text = passwords.Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text;
        _made.Remove(Glasses);
        Assert.Equal(TokenVerdict.Expired, passwords.Verify(text, AccessRight.Publish, Glasses));
        Assert.Equal(TokenVerdict.Expired, passwords.Verify(text, AccessRight.Read, Annotated));

        _made[Glasses] = "second";
        Assert.Equal(TokenVerdict.Expired, passwords.Verify(text, AccessRight.Publish, Glasses));
        Assert.Equal(TokenVerdict.Valid, passwords.Verify(passwords.Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text, AccessRight.Publish, Glasses));

        // What was made for no stream is worth nothing, even when one of that name comes.
        var stray = passwords.Issue(StreamName.Parse("live/none"), publish: true, read: true, TimeSpan.FromHours(1)).Text;
        _made[StreamName.Parse("live/none")] = "third";
        Assert.Equal(TokenVerdict.Expired, passwords.Verify(stray, AccessRight.Read, StreamName.Parse("live/none")));
    }

    [Fact]
    public void Old_passwords_stay_good_when_the_key_changes()
    {
        var text = Passwords(_key).Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text;
        Assert.Equal(TokenVerdict.Valid, Passwords(SigningKey.Generate(), _key).Verify(text, AccessRight.Read, Glasses));
    }

    private StreamPasswords Passwords(params SigningKey[] keys) => new(keys, new StreamGenerations(stream => _made.GetValueOrDefault(stream), () => _made.Keys), _time);
}
