namespace VisionStream.EndToEnd.Peers;

public sealed class PeerProcessTests
{
    [Fact]
    public async Task Both_streams_are_read_and_the_exit_code_is_given()
    {
        await using var process = PeerProcess.Start("sh", "/bin/sh", ["-c", "echo one; echo two; echo three >&2; exit 7"]);

        Assert.Equal("two", await process.WaitForOutputAsync(line => line.StartsWith('t')));
        Assert.Equal("three", await process.WaitForErrorAsync(_ => true));
        Assert.Equal(7, await process.WaitForExitAsync());
        Assert.Equal(["one", "two"], process.Output.Lines());
    }

    [Fact]
    public async Task Interrupt_reaches_the_program()
    {
        await using var process = PeerProcess.Start("sh", "/bin/sh", ["-c", "trap 'exit 3' INT; echo ready; while :; do sleep 0.05; done"]);
        await process.WaitForOutputAsync(line => line == "ready");

        process.Send(UnixSignal.Interrupt);

        Assert.Equal(3, await process.WaitForExitAsync());
    }

    [Fact]
    public async Task Descendants_die_with_the_process()
    {
        var process = PeerProcess.Start("sh", "/bin/sh", ["-c", "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.05; done' & wait"]);
        var grandchild = await process.WaitForOutputAsync(_ => true);
        Assert.True(Directory.Exists($"/proc/{grandchild}"));

        await process.DisposeAsync();

        // Killed, it stays as a zombie until its adopter reaps it, which in a container may be never.
        var status = $"/proc/{grandchild}/status";
        await Until.TrueAsync(() => !File.Exists(status) || File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal), "the grandchild to die");
    }

    [Fact]
    public async Task A_line_that_cannot_come_any_more_fails_with_what_was_written()
    {
        await using var process = PeerProcess.Start("sh", "/bin/sh", ["-c", "echo cannot bind >&2"]);

        var failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => process.WaitForOutputAsync(line => line == "ready"));

        Assert.Contains("cannot bind", failure.Message, StringComparison.Ordinal);
    }
}
