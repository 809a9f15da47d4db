using VisionStream.Core.Streams;
using VisionStream.Host.Recording;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Host.Recording;

public class RecordingShelfTests
{
    private static readonly StreamName Stream = StreamName.Parse("live/cam");

    [Fact]
    public void Files_are_listed_oldest_first_and_found_by_their_names()
    {
        using var folder = new TemporaryFolder();
        var shelf = new RecordingShelf(folder["recordings"]);
        Assert.Empty(shelf.List(Stream));
        Directory.CreateDirectory(shelf.FolderOf(Stream));
        Assert.Equal(folder[Path.Combine("recordings", "live", "cam")], shelf.FolderOf(Stream));
        foreach (var name in new[] { "2026-11-21_11-00-00-000.mp4", "2026-11-21_10-00-00-500.mp4", "notes.mp4", "2026-11-21_10-00-00-500.txt", "2026-99-21_10-00-00-500.mp4" })
        {
            File.WriteAllText(Path.Combine(shelf.FolderOf(Stream), name), "12345");
        }

        File.SetLastWriteTimeUtc(Path.Combine(shelf.FolderOf(Stream), "2026-11-21_10-00-00-500.mp4"), new DateTime(2026, 11, 21, 10, 0, 30, 500, DateTimeKind.Utc));
        var files = shelf.List(Stream);
        Assert.Equal(["2026-11-21_10-00-00-500.mp4", "2026-11-21_11-00-00-000.mp4"], files.Select(f => f.Name));
        Assert.Equal(new RecordedFile("2026-11-21_10-00-00-500.mp4", new DateTimeOffset(2026, 11, 21, 10, 0, 0, 500, TimeSpan.Zero), TimeSpan.FromSeconds(30), 5), files[0]);
        Assert.Equal(Path.Combine(shelf.FolderOf(Stream), files[0].Name), shelf.Find(Stream, files[0].Name));
        Assert.Empty(shelf.List(StreamName.Parse("live")));
    }

    [Fact]
    public void The_oldest_files_go_until_the_rest_fits_and_never_one_that_is_written()
    {
        using var folder = new TemporaryFolder();
        var shelf = new RecordingShelf(folder["recordings"]);
        Assert.Equal(0, shelf.Trim(1, new HashSet<string>()));
        var other = StreamName.Parse("robot");
        var (oldest, second, third) = (Write(Stream, "2026-11-21_10-00-00-000.mp4"), Write(other, "2026-11-21_10-30-00-000.mp4"), Write(Stream, "2026-11-21_11-00-00-000.mp4"));
        var notes = Write(Stream, "notes.mp4");

        Assert.Equal(0, shelf.Trim(15, new HashSet<string>()));
        Assert.Equal(1, shelf.Trim(14, new HashSet<string>()));
        Assert.Equal((false, true, true, true), (File.Exists(oldest), File.Exists(second), File.Exists(third), File.Exists(notes)));
        Assert.Equal(1, shelf.Trim(1, new HashSet<string> { second }));
        Assert.Equal((true, false, true), (File.Exists(second), File.Exists(third), File.Exists(notes)));

        string Write(StreamName stream, string name)
        {
            Directory.CreateDirectory(shelf.FolderOf(stream));
            var path = Path.Combine(shelf.FolderOf(stream), name);
            File.WriteAllText(path, "12345");
            return path;
        }
    }

    [Theory]
    [InlineData("../cam/2026-11-21_10-00-00-500.mp4")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("2026-11-21_10-00-00-500.mp4\n")]
    [InlineData("2026-11-21_10-00-00-500.mp4/../secret")]
    [InlineData("secret")]
    [InlineData("2026-11-21_10-00-00-501.mp4")]
    public void Other_names_find_nothing(string name)
    {
        using var folder = new TemporaryFolder();
        var shelf = new RecordingShelf(folder["recordings"]);
        Directory.CreateDirectory(shelf.FolderOf(Stream));
        File.WriteAllText(Path.Combine(shelf.FolderOf(Stream), "secret"), "");
        File.WriteAllText(Path.Combine(shelf.FolderOf(Stream), "2026-11-21_10-00-00-500.mp4"), "");
        Assert.Null(shelf.Find(Stream, name));
    }
}
