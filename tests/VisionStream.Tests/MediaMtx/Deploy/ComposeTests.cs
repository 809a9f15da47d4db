using System.Collections;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.MediaMtx.Deploy;

/// <summary>deploy/compose.yml and deploy/Dockerfile, as far as they can be checked without a container engine.</summary>
public class ComposeTests
{
    private readonly Dictionary<object, object?> _compose = DeployFile.Yaml("compose.yml");

    [Fact]
    public void Files_that_are_mounted_or_built_from_are_there()
    {
        var visionstream = Service("visionstream");
        var build = (Dictionary<object, object>)visionstream["build"]!;
        Assert.True(File.Exists(Path.Combine(DeployFile.PathOf((string)build["context"]), (string)build["dockerfile"])));
        var mounted = new[] { "mediamtx", "visionstream" }.SelectMany(s => Texts(Service(s), "volumes")).Where(v => v.StartsWith("./", StringComparison.Ordinal))
            .Select(v => v.Split(':')[0]).Except(["./models"]).ToList();
        Assert.Equal(["./mediamtx.yml", "./visionstream.json"], mounted);
        Assert.All(mounted, file => Assert.True(File.Exists(DeployFile.PathOf(file)), file));
    }

    [Fact]
    public void Volumes_that_are_used_are_declared()
    {
        var used = new[] { "mediamtx", "visionstream" }.SelectMany(s => Texts(Service(s), "volumes")).Select(v => v.Split(':')[0]).Where(v => !v.StartsWith('.'));
        Assert.Equal(((Dictionary<object, object?>)_compose["volumes"]!).Keys.Cast<string>().Order(), used.Order());
    }

    [Fact]
    public void MediaMTX_is_one_exact_release_and_writes_where_a_volume_is()
    {
        var mediamtx = Service("mediamtx");
        Assert.Matches(@"^bluenviron/mediamtx:1\.20\.\d+$", (string)mediamtx["image"]!);
        var recordings = (string)((Dictionary<object, object?>)DeployFile.Yaml("mediamtx.yml")["pathDefaults"]!)["recordPath"]!;
        Assert.Contains(Texts(mediamtx, "volumes"), v => recordings.StartsWith(v.Split(':')[1] + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_see_each_other_on_loopback_and_only_this_machine_reaches_an_insecure_VisionStream()
    {
        Assert.Equal("service:mediamtx", Service("visionstream")["network_mode"]);
        Assert.Contains("127.0.0.1:8765:8765", Texts(Service("mediamtx"), "ports"));
        Assert.DoesNotContain(Texts(Service("mediamtx"), "ports"), p => p.EndsWith(":9997", StringComparison.Ordinal) || p.EndsWith(":9998", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_given_by_environment_are_keys_of_the_configuration()
    {
        var keys = DeployFile.Yaml("mediamtx.yml").Keys.Cast<string>().Select(k => "MTX_" + k.ToUpperInvariant());
        var given = ((Dictionary<object, object>)Service("mediamtx")["environment"]!).Keys.Cast<string>().ToList();
        Assert.NotEmpty(given);
        Assert.Empty(given.Except(keys));
    }

    [Fact]
    public void The_images_have_the_frameworks_release_and_the_libraries_one_FFmpegs()
    {
        var lines = DeployFile.Text("Dockerfile").Split('\n');
        var framework = XDocument.Load(Path.Combine(Clips.RepositoryRoot, "Directory.Build.props")).Descendants("TargetFramework").Single().Value["net".Length..];
        var images = lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]).ToList();
        Assert.Equal([$"mcr.microsoft.com/dotnet/sdk:{framework}-noble", $"mcr.microsoft.com/dotnet/aspnet:{framework}-noble"], images);

        // FFmpeg 6.1's, as Ubuntu 24.04 has them.
        var libraries = Regex.Matches(string.Join(' ', lines), @"\blib[a-z]+\d+\b").Select(m => m.Value);
        Assert.Equal(["libavcodec60", "libavdevice60", "libavfilter9", "libavformat60", "libavutil58", "libswresample4", "libswscale7"], libraries.Order());
    }

    [Fact]
    public void The_image_is_published_with_what_git_ignores()
    {
        var lines = DeployFile.Text("Dockerfile").Split('\n');
        var publish = Line("dotnet publish src/Host ");
        Assert.InRange(Line("eng/hls/install.sh"), Line("COPY . ."), publish);
        Assert.InRange(publish, 0, Line("eng/onnxruntime/install.sh"));

        // The framework's image has none of them.
        string[] tools = ["npm", "openssl"];
        Assert.All(tools, t => Assert.Contains($" {t}", lines[Line("apt-get install")], StringComparison.Ordinal));
        Assert.InRange(Line("apt-get install"), 0, Line("eng/hls/install.sh"));
        Assert.All(
            (string[])["eng/hls/install.sh", "eng/onnxruntime/install.sh"],
            script => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Clips.RepositoryRoot, script)).HasFlag(UnixFileMode.UserExecute), script));

        int Line(string part)
        {
            var at = Array.FindIndex(lines, l => !l.StartsWith('#') && l.Contains(part, StringComparison.Ordinal));
            Assert.True(at >= 0, part);
            return at;
        }
    }

    private static IEnumerable<string> Texts(Dictionary<object, object> service, string key) => ((IList)service[key]).Cast<string>();

    private Dictionary<object, object> Service(string name) => (Dictionary<object, object>)((Dictionary<object, object?>)_compose["services"]!)[name]!;
}
