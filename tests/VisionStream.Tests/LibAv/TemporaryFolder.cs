namespace VisionStream.Tests.LibAv;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("visionstream").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string file] => Path.Combine(_path, file);

    public void Dispose()
    {
        Directory.Delete(_path, recursive: true);
    }
}
