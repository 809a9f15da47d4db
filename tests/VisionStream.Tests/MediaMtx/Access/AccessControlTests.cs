using System.Net;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Tests.MediaMtx.Access;

public class AccessControlTests
{
    private const string ReaderKey = "reader-0123456789";
    private const string AdminKey = "admin-0123456789a";

    private static readonly StreamName Cam = StreamName.Parse("live/cam");
    private static readonly IPAddress Someone = IPAddress.Parse("192.0.2.7");

    private readonly AccessRig _rig = new(keys: [("reader", ReaderKey, "read:live/*"), ("boss", AdminKey, "admin")]);

    [Fact]
    public async Task A_key_may_do_what_its_scopes_say_and_is_known_by_its_name()
    {
        Assert.Equal(new AccessVerdict(AccessDecision.Granted, CredentialKind.Key, "reader"), await DecideAsync(AccessRight.Read, Cam, ReaderKey));
        Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Publish, Cam, ReaderKey)).Decision);
        Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Read, null, ReaderKey)).Decision);
        Assert.True((await DecideAsync(AccessRight.Admin, null, AdminKey)).IsGranted);
    }

    [Fact]
    public async Task A_token_and_a_stream_password_do_too()
    {
        var verdict = await DecideAsync(AccessRight.Read, Cam, _rig.Token("read:live/cam"));
        Assert.Equal((AccessDecision.Granted, CredentialKind.Token), (verdict.Decision, verdict.Kind));
        var password = _rig.Passwords.Issue(Cam, publish: true, read: false, TimeSpan.FromHours(1)).Text;
        verdict = await DecideAsync(AccessRight.Publish, Cam, password);
        Assert.Equal((AccessDecision.Granted, CredentialKind.StreamPassword), (verdict.Decision, verdict.Kind));
        Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Read, Cam, password)).Decision);
    }

    [Fact]
    public async Task One_of_several_credentials_is_enough()
    {
        Assert.True((await DecideAsync(AccessRight.Read, Cam, null, "", "wrong", ReaderKey)).IsGranted);
        Assert.True((await DecideAsync(AccessRight.Publish, Cam, ReaderKey, AdminKey)).IsGranted);
    }

    [Fact]
    public async Task Nothing_presented_is_no_attempt()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Read, Cam, "", null)).Decision);
        }

        Assert.True((await DecideAsync(AccessRight.Read, Cam, ReaderKey)).IsGranted);
    }

    [Fact]
    public async Task Guessing_locks_the_address_for_right_and_wrong_keys_alike_and_is_logged_once()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Read, Cam, $"guess-{i}")).Decision);
        }

        Assert.Equal(AccessDecision.TooManyAttempts, (await DecideAsync(AccessRight.Read, Cam, "guess")).Decision);
        Assert.Equal(AccessDecision.TooManyAttempts, (await DecideAsync(AccessRight.Read, Cam, ReaderKey)).Decision);
        Assert.Contains("192.0.2.7", Assert.Single(_rig.Log.At(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.True((await _rig.Control.DecideAsync([ReaderKey], AccessRight.Read, Cam, IPAddress.Parse("192.0.2.8"))).IsGranted);
        _rig.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.True((await DecideAsync(AccessRight.Read, Cam, ReaderKey)).IsGranted);
        Assert.DoesNotContain("guess", _rig.Everything(), StringComparison.Ordinal);
        Assert.DoesNotContain(ReaderKey, _rig.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbour_that_guesses_locks_out_no_token_no_stream_password_and_not_the_service_itself()
    {
        for (var i = 0; i < 11; i++)
        {
            await DecideAsync(AccessRight.Read, Cam, $"guess-{i}");
        }

        Assert.Equal(AccessDecision.TooManyAttempts, (await DecideAsync(AccessRight.Read, Cam, ReaderKey)).Decision);
        Assert.True((await DecideAsync(AccessRight.Read, Cam, _rig.Token("read:live/cam"))).IsGranted);
        Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Publish, Cam, _rig.Token("read:live/cam"))).Decision);
        Assert.True((await DecideAsync(AccessRight.Read, Cam, _rig.Passwords.Issue(Cam, publish: false, read: true, TimeSpan.FromHours(1)).Text)).IsGranted);
        Assert.Equal(new AccessVerdict(AccessDecision.Granted, CredentialKind.Key, "visionstream"), await DecideAsync(AccessRight.Admin, null, _rig.Keys.OwnSecret));
        Assert.DoesNotContain(_rig.Keys.OwnSecret, _rig.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_service_has_an_own_key_of_its_own() =>
        Assert.NotEqual(_rig.Keys.OwnSecret, new AccessRig().Keys.OwnSecret);

    [Fact]
    public async Task What_was_ours_and_has_expired_or_lacks_a_right_locks_nobody()
    {
        var token = _rig.Token("read:live/cam", TimeSpan.FromSeconds(1));
        var password = _rig.Passwords.Issue(Cam, publish: true, read: true, TimeSpan.FromSeconds(1)).Text;
        _rig.Time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Read, Cam, token)).Decision);
            Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Read, Cam, password)).Decision);
            Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Publish, Cam, ReaderKey)).Decision);
        }

        Assert.True((await DecideAsync(AccessRight.Read, Cam, ReaderKey)).IsGranted);
    }

    [Fact]
    public async Task A_text_in_the_form_of_a_password_is_nobody_and_each_is_a_guess()
    {
        _rig.Present.Add(Cam);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(AccessDecision.CredentialsNeeded, (await _rig.Control.IdentifyAsync($"vs-r9999999999-0000000{i}-AAAAAAAAAAAAAAAAAAAAAA"[..(3 + i)], Someone)).Decision);
        }

        Assert.Equal(AccessDecision.TooManyAttempts, (await _rig.Control.IdentifyAsync("vs-", Someone)).Decision);
        Assert.Equal(AccessDecision.TooManyAttempts, (await _rig.Control.IdentifyAsync(ReaderKey, Someone)).Decision);

        // Who holds a real one is not held up by that.
        var password = _rig.Passwords.Issue(Cam, publish: false, read: true, TimeSpan.FromHours(1));
        Assert.Equal(AccessDecision.Granted, (await _rig.Control.IdentifyAsync(password.Text, Someone)).Decision);
    }

    [Fact]
    public async Task A_password_makes_somebody_of_its_holder_while_its_stream_and_its_time_last()
    {
        _rig.Present.Add(StreamName.Parse("live/other"));
        _rig.Present.Add(Cam);
        var password = _rig.Passwords.Issue(Cam, publish: false, read: true, TimeSpan.FromHours(1));
        var caller = await _rig.Control.IdentifyAsync(password.Text, Someone);
        Assert.Equal((AccessDecision.Granted, CredentialKind.StreamPassword, password.ExpiresAt), (caller.Decision, caller.Kind, caller.ExpiresAt));
        Assert.True(caller.MayForSome(AccessRight.Read) && caller.May(AccessRight.Read, Cam));
        Assert.False(caller.MayForSome(AccessRight.Publish) || caller.May(AccessRight.Publish, Cam) || caller.May(AccessRight.Read, null)
            || caller.May(AccessRight.Read, StreamName.Parse("live/other")));

        // Known, but for something else: no guess.
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Admin, null, password.Text)).Decision);
            Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Read, StreamName.Parse("live/other"), password.Text)).Decision);
        }

        _rig.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(caller.May(AccessRight.Read, Cam));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(AccessDecision.CredentialsNeeded, (await _rig.Control.IdentifyAsync(password.Text, Someone)).Decision);
        }

        Assert.True((await DecideAsync(AccessRight.Read, Cam, ReaderKey)).IsGranted);
    }

    [Fact]
    public async Task A_guess_beside_a_credential_that_is_not_enough_or_has_expired_is_counted_too()
    {
        var expired = _rig.Token("read:live/cam", TimeSpan.FromSeconds(1));
        _rig.Time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(AccessDecision.Refused, (await DecideAsync(AccessRight.Admin, null, ReaderKey, $"guess-{i}")).Decision);
            Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Admin, null, $"another-{i}", expired)).Decision);
        }

        Assert.Equal(AccessDecision.TooManyAttempts, (await DecideAsync(AccessRight.Admin, null, AdminKey)).Decision);
        Assert.Contains("192.0.2.7", Assert.Single(_rig.Log.At(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_several_guesses_in_one_request_is_paid_for()
    {
        string[] Six(string text) => [.. Enumerable.Range(0, 6).Select(i => $"{text}{i}")];
        await DecideAsync(AccessRight.Admin, null, Six("a"));
        Assert.Equal(TimeSpan.Zero, _rig.Control.WaitOf(Someone));
        await DecideAsync(AccessRight.Admin, null, Six("b"));

        // Twelve, of which ten are free: the two beyond them and the next one have to be forgiven first.
        Assert.Equal(TimeSpan.FromSeconds(18), _rig.Control.WaitOf(Someone));
    }

    [Fact]
    public async Task What_comes_beside_a_credential_that_is_enough_is_no_guess()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await DecideAsync(AccessRight.Read, Cam, $"another-{i}", ReaderKey)).IsGranted);
        }
    }

    [Fact]
    public async Task Monstrous_credentials_are_not_even_hashed_but_counted()
    {
        var monster = new string('x', 100_000);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(AccessDecision.CredentialsNeeded, (await DecideAsync(AccessRight.Read, Cam, monster)).Decision);
        }

        Assert.Equal(AccessDecision.TooManyAttempts, (await DecideAsync(AccessRight.Read, Cam, monster)).Decision);
    }

    [Fact]
    public async Task Open_access_asks_nobody()
    {
        var open = new AccessRig(open: true);
        Assert.Equal(new AccessVerdict(AccessDecision.Granted), await open.Control.DecideAsync(["whatever"], AccessRight.Admin, null, Someone));
    }

    private ValueTask<AccessVerdict> DecideAsync(AccessRight right, StreamName? stream, params string?[] credentials) =>
        _rig.Control.DecideAsync(credentials, right, stream, Someone);
}
