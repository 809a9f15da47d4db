namespace VisionStream.Tests.LibAv;

/// <summary>The test clips beside the repository, and the frame counts that their README gives.</summary>
internal static class Clips
{
    public static readonly TheoryData<string, int, int, int> All = new()
    {
        { "person-enter-leave.mp4", 501, 768, 432 },
        { "mall-people-walking.mp4", 303, 960, 540 },
        { "highway-cars.mp4", 38, 1280, 720 },
        { "cat-chair.mp4", 223, 640, 338 },
        { "dog-walking.mp4", 220, 640, 360 },
        { "horse-trotting.mp4", 356, 640, 360 },
        { "sheep-grazing.mp4", 365, 640, 360 },
    };

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Path of a clip; the test is skipped where the clips are not there.</summary>
    public static string Find(string name)
    {
        var path = Path.Combine(RepositoryRoot, "..", "shared", "media", "clips", name);
        Prerequisite.Require(File.Exists(path), $"the test clip {name} (../shared/media)");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "VisionStream.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds VisionStream.sln.");
    }
}
