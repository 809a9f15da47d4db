namespace VisionStream.EndToEnd.Peers;

public sealed class ServiceProcessTests
{
    [Fact]
    public async Task The_built_executable_runs_and_ends()
    {
        await using var service = ServiceProcess.Start("--version");

        Assert.Equal(0, await service.WaitForExitAsync());
    }
}
