namespace VisionStream.EndToEnd.Peers;

/// <summary>Decides, in one place, what a missing peer means: a skip on a laptop, a failure with CI=true.</summary>
public static class Peer
{
    // A plain user's PATH leaves out where Debian puts nginx.
    private static readonly string[] SystemFolders = ["/usr/sbin", "/sbin"];

    public static bool OnCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Ends the test when <paramref name="present"/> is false.</summary>
    /// <param name="present">Whether what the test needs is there.</param>
    /// <param name="reason">What is missing and how to get it, one sentence.</param>
    public static void Require(bool present, string reason)
    {
        if (present)
        {
            return;
        }

        if (OnCi)
        {
            Assert.Fail($"{reason} (CI=true: a missing peer is a failure)");
        }

        Assert.Skip(reason);
    }

    /// <summary>The path of a program that the test needs.</summary>
    /// <param name="name">The command, such as ffmpeg.</param>
    /// <param name="package">The Debian package that brings it.</param>
    public static string RequireProgram(string name, string package)
    {
        var path = FindProgram(name);
        Require(path is not null, $"{name} is not installed; ./test brings it, or: apt install {package}");
        return path!;
    }

    /// <summary>The path of a program on PATH or in the system folders, or null.</summary>
    public static string? FindProgram(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(SystemFolders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
