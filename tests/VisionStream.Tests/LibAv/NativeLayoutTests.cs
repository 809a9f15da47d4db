using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VisionStream.LibAv;
using VisionStream.LibAv.Native;

namespace VisionStream.Tests.LibAv;

public sealed class NativeLayoutTests
{
    private static readonly string Probe = Path.Combine(Clips.RepositoryRoot, "eng", "libav", "layout.c");

    [Fact]
    public void The_table_of_the_installed_headers_is_what_the_C_compiler_says()
    {
        var folder = Directory.CreateTempSubdirectory("layout");
        try
        {
            Prerequisite.Require(Prerequisite.OnPath("gcc"), "gcc");
            var program = Path.Combine(folder.FullName, "layout");
            Prerequisite.Require(Run("gcc", "-w", Probe, "-o", program) is { Code: 0 }, "a set of FFmpeg's headers (libavdevice-dev, libavfilter-dev)");
            var (code, output) = Run(program);
            Assert.Equal(0, code);
            Compare(output, "the installed headers");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    public void The_tables_are_what_the_recorded_probes_say(int major)
    {
        Compare(File.ReadAllText(Path.Combine(Clips.RepositoryRoot, "eng", "libav", "layouts", $"{major}.txt")), $"{major}.txt");
    }

    [Theory]
    [InlineData(58)]
    [InlineData(64)]
    public void An_unknown_major_has_no_table(int major)
    {
        Assert.Null(StructLayout.Of(major));
    }

    [Fact]
    public void Structs_bound_whole_have_their_C_size()
    {
        Assert.Equal(8, Unsafe.SizeOf<AVRational>());
        Assert.Equal(16, Unsafe.SizeOf<AVIOInterruptCB>());
        Assert.Equal(16, Unsafe.SizeOf<AVDictionaryEntry>());
        Assert.Equal(16, Unsafe.SizeOf<AVProducerReferenceTime>());
        Assert.Equal(24, Unsafe.SizeOf<AVChannelLayout>());
    }

    private static void Compare(string probe, string source)
    {
        var lines = probe.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')).ToList();
        var versions = lines.Where(line => line[0] == "version").ToDictionary(line => line[1], line => int.Parse(line[2], CultureInfo.InvariantCulture));
        var layout = StructLayout.Of(versions["avformat"]);
        Assert.NotNull(layout);
        var release = FfmpegRelease.Known.Single(release => release.Format == versions["avformat"]);
        Assert.Equal(versions.OrderBy(pair => pair.Key), release.Libraries.Concat(release.Later).ToDictionary(library => library.Name, library => library.Major).OrderBy(pair => pair.Key));

        var seen = new HashSet<string>();
        foreach (var line in lines)
        {
            var name = line[1].Replace('.', '_');
            var value = long.Parse(line[2], CultureInfo.InvariantCulture);
            switch (line[0])
            {
                case "offset":
                    var field = typeof(StructLayout).GetField(name) ?? throw new InvalidOperationException($"{source} has {name}, the table has not.");
                    Assert.True(value == (int)field.GetValue(layout)!, $"{name} is at {value} in {source}, at {field.GetValue(layout)} in the table");
                    _ = seen.Add(name);
                    CompareWhole(line[1].Split('.'), value);
                    break;
                case "size":
                    CompareSize(name, value);
                    break;
                case "constant":
                    var constant = typeof(NativeConstants).GetField(name) ?? throw new InvalidOperationException($"{source} has {name}, the constants have not.");
                    Assert.True(value == Convert.ToInt64(constant.GetRawConstantValue(), CultureInfo.InvariantCulture), $"{name} is {value} in {source}");
                    break;
                default:
                    Assert.Equal("version", line[0]);
                    break;
            }
        }

        Assert.True(seen.Count > 100, $"only {seen.Count} offsets were compared");
        var absent = typeof(StructLayout).GetFields().Where(field => !seen.Contains(field.Name)).ToList();
        Assert.All(absent, field => Assert.Equal((field.Name, -1), (field.Name, field.GetValue(layout))));
    }

    private static void CompareSize(string type, long size)
    {
        var bound = typeof(AVRational).Assembly.GetType($"VisionStream.LibAv.Native.{type}");
        Assert.NotNull(bound);
        var measure = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(bound);
        Assert.Equal((type, size), (type, (int)measure.Invoke(null, null)!));
    }

    // Structs that are declared field by field must agree as well.
    private static void CompareWhole(string[] name, long offset)
    {
        var type = typeof(AVRational).Assembly.GetType($"VisionStream.LibAv.Native.{name[0]}")!;
        if (type.GetField(name[1], BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance) is { } field)
        {
            Assert.Equal((field.Name, offset), (field.Name, Marshal.OffsetOf(type, field.Name)));
        }
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = error.GetAwaiter().GetResult();
        return (process.ExitCode, output);
    }
}
