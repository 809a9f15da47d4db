namespace VisionStream.Tests.LibAv;

/// <summary>What a test needs of the machine: missing it skips the test on a laptop and fails it where CI=true.</summary>
internal static class Prerequisite
{
    /// <summary>Goes on only if the machine has what is needed.</summary>
    public static void Require(bool present, string what)
    {
        if (!present && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{what} is needed here, and CI may not skip.");
        }

        Assert.SkipUnless(present, $"{what} is not on this machine.");
    }

    /// <summary>Whether a program of that name lies on PATH.</summary>
    public static bool OnPath(string program)
    {
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
    }
}
