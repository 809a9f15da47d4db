using System.Diagnostics;
using System.Globalization;
using VisionStream.Core.Frames;

namespace VisionStream.Tests.Detector;

/// <summary>Pictures of the shared test media, decoded by an ffmpeg process into the source's own YUV planes.</summary>
internal static class Media
{
    private static readonly bool OnCi = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A path below ../shared; the test is skipped on a laptop without it and fails on CI.</summary>
    public static string Path(params string[] parts)
    {
        var relative = System.IO.Path.Combine(parts);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "..", "shared", relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.SkipUnless(OnCi, $"../shared/{relative} is not there.");
        throw new FileNotFoundException($"../shared/{relative} is not there.");
    }

    /// <summary>Frames by their numbers in presentation order, rising; the caller disposes each.</summary>
    public static IEnumerable<TestFrame> Frames(string path, IReadOnlyList<int> indexes)
    {
        var probed = Text("ffprobe", $"-v error -select_streams v:0 -show_entries stream=width,height,pix_fmt -of csv=p=0 {path}").Trim().Split(',');
        var (width, height) = (int.Parse(probed[0], CultureInfo.InvariantCulture), int.Parse(probed[1], CultureInfo.InvariantCulture));

        // Chroma halved down only is no layout of a frame; ffmpeg doubles it.
        var pixels = probed[2] == "yuvj440p" ? "yuvj444p" : probed[2];
        var layout = pixels switch
        {
            "yuv420p" or "yuvj420p" => PixelLayout.I420,
            "yuv422p" or "yuvj422p" => PixelLayout.I422,
            "yuv444p" or "yuvj444p" => PixelLayout.I444,
            var other => throw new NotSupportedException($"{path} is {other}."),
        };
        var range = pixels.StartsWith("yuvj", StringComparison.Ordinal) ? ColorRange.Full : ColorRange.Limited;

        // The expected detections of the clips were made with ffmpeg's default conversion, which takes unmarked video for BT.601.
        var format = new FrameFormat(width, height, layout, ColorMatrix.Bt601, range);
        var wanted = string.Join("+", indexes.Select(i => $"eq(n\\,{i})"));
        var raw = Bytes("ffmpeg", $"-v error -i {path} -vf select={wanted} -fps_mode passthrough -f rawvideo -pix_fmt {pixels} -");
        var at = 0;
        foreach (var _ in indexes)
        {
            yield return new TestFrame(format, (plane, samples, stride) =>
            {
                var rowLength = format.PlaneWidth(plane);
                for (var row = 0; row < format.PlaneHeight(plane); row++, at += rowLength)
                {
                    raw.AsSpan(at, rowLength).CopyTo(samples[(row * stride)..]);
                }
            });
        }

        Assert.Equal(raw.Length, at);
    }

    private static string Text(string program, string arguments) => System.Text.Encoding.UTF8.GetString(Bytes(program, arguments));

    private static byte[] Bytes(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments.Split(' ')) { RedirectStandardOutput = true };
        using var process = Start(start);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception) when (!OnCi)
        {
            Assert.Skip($"{start.FileName} is not installed.");
            throw;
        }
    }
}
