using System.Diagnostics;
using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class LibraryLoadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("libav").FullName;

    [Fact]
    public void The_installed_ffmpeg_is_loaded_as_one_release()
    {
        var versions = LibAvLibraries.Load();
        var release = FfmpegRelease.Known.Single(release => release.Format == versions.FormatMajor);
        Assert.Equal(release.Libraries, versions.Libraries.Select(library => (library.Name, library.Version.Major)));
        Assert.NotEmpty(versions.Release);
        Assert.Contains($"libavformat {versions.FormatMajor}.", versions.ToString(), StringComparison.Ordinal);
        Assert.Same(versions, LibAvLibraries.Load());
        Assert.Equal([.. release.Libraries, .. release.Later], LibAvLibraries.LoadAll().Libraries.Select(library => (library.Name, library.Version.Major)));
        // A run against another FFmpeg says which one it must be (eng/libav/verify-majors.sh).
        if (Environment.GetEnvironmentVariable("VISIONSTREAM_EXPECT_LIBAVFORMAT") is { Length: > 0 } expected)
        {
            Assert.Equal(expected, $"{versions.FormatMajor}");
        }
    }

    [Fact]
    public void A_folder_without_libraries_ends_in_one_sentence()
    {
        var error = Assert.Throws<LibAvException>(() => NativeLibrarySet.Load(_folder));
        Assert.Equal(LibAvError.LibrariesUnusable, error.Error);
        Assert.Equal(
            $"FFmpeg's libraries were not found in {_folder}: install libavformat 59 to 63 (FFmpeg 5.1 to 9) with `apt-get install ffmpeg`, or name the folder that holds them in VISIONSTREAM_FFMPEG_DIR.",
            error.Message);
    }

    [Fact]
    public void An_unknown_major_ends_in_one_sentence()
    {
        Compile("avformat", 64, 64);
        var error = Assert.Throws<LibAvException>(() => NativeLibrarySet.Load(_folder));
        Assert.Equal(
            $"The FFmpeg found in {_folder} has libavformat 64, but VisionStream knows libavformat 59 to 63 (FFmpeg 5.1 to 9): install one of those, or name the folder of one in VISIONSTREAM_FFMPEG_DIR.",
            error.Message);
    }

    [Fact]
    public void The_newest_complete_release_is_taken_and_never_a_mixture()
    {
        foreach (var (name, major) in FfmpegRelease.Known.Single(release => release.Format == 60).Libraries)
        {
            Compile(name, major, major);
        }

        Compile("avformat", 62, 62);
        var set = NativeLibrarySet.Load(_folder);
        Assert.Equal(60, set.Release.Format);
        Assert.Equal(5, set.Libraries.Count);
        Assert.All(set.Libraries, library => Assert.NotEqual(0, set.Find(library.Name)));
        Assert.Equal(0, set.Find("c"));
        Assert.Equal(new Version(58, 2, 3), set.Libraries.Single(library => library.Name == "avutil").Version);
    }

    [Fact]
    public void An_incomplete_release_names_the_packages_that_are_missing()
    {
        CompileRelease(61, without: ["swscale", "avcodec"]);
        var error = Assert.Throws<LibAvException>(() => NativeLibrarySet.Load(_folder));
        Assert.Equal(
            $"FFmpeg's libraries in {_folder} are incomplete: of FFmpeg 7, libswscale.so.8, libavcodec.so.61 cannot be loaded (`apt-get install libswscale8 libavcodec61`).",
            error.Message);
    }

    [Fact]
    public void Filters_and_devices_are_missed_only_by_those_who_use_them()
    {
        CompileRelease(61, without: []);
        var set = NativeLibrarySet.Load(_folder);
        Assert.NotEqual(0, set.Find("avformat"));
        var error = Assert.Throws<LibAvException>(() => set.Find("avfilter"));
        Assert.Equal(LibAvError.LibrariesUnusable, error.Error);
        Assert.Equal("This needs libavfilter.so.10 of FFmpeg 7, which cannot be loaded (`apt-get install libavfilter10`).", error.Message);

        Compile("avfilter", 10, 10);
        Assert.NotEqual(0, set.Find("avfilter"));
        Assert.Contains("libavdevice.so.61", Assert.Throws<LibAvException>(set.LoadAll).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_what_its_name_says_is_refused()
    {
        Compile("avutil", 61, 57);
        var error = Assert.Throws<LibAvException>(() => NativeLibrarySet.Load(_folder));
        Assert.Contains("says that it is libavutil 57.2.3, but its name promises major 61", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    private void CompileRelease(int format, string[] without)
    {
        foreach (var (name, major) in FfmpegRelease.Known.Single(release => release.Format == format).Libraries.Where(l => !without.Contains(l.Name)))
        {
            Compile(name, major, major);
        }
    }

    // A library with nothing but the function that tells its version.
    private void Compile(string name, int fileMajor, int major)
    {
        Prerequisite.Require(Prerequisite.OnPath("gcc"), "gcc");
        var source = Path.Combine(_folder, "version.c");
        File.WriteAllText(source, $"unsigned {name}_version(void) {{ return {major} << 16 | 2 << 8 | 3; }}\n");
        using var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-o", Path.Combine(_folder, $"lib{name}.so.{fileMajor}"), source]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
    }
}
