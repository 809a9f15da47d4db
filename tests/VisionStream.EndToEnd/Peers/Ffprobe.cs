using System.Globalization;
using System.Text.Json;

namespace VisionStream.EndToEnd.Peers;

/// <summary>What ffprobe finds in a stream: an independent reader for the tests of servers and of what VisionStream sends.</summary>
public static class Ffprobe
{
    /// <summary>The streams at a URL, video first; the test fails when there is nothing to read.</summary>
    public static async Task<IReadOnlyList<ProbedStream>> StreamsAsync(string url)
    {
        var answer = await RunAsync(url, ["-show_streams"]);
        return [.. answer.GetProperty("streams").EnumerateArray().Select(Stream).OrderByDescending(stream => stream.Kind)];
    }

    /// <summary>The first packets of the video at a URL, as ffprobe's JSON has them.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PacketsAsync(string url, int count)
    {
        var answer = await RunAsync(url, ["-select_streams", "v", "-show_packets", "-read_intervals", $"%+#{count}"]);
        return [.. answer.GetProperty("packets").EnumerateArray()];
    }

    /// <summary>Every packet of a file, in the file's order.</summary>
    public static async Task<IReadOnlyList<ProbedPacket>> AllPacketsAsync(string path)
    {
        var answer = await RunAsync(path, ["-show_packets"]);
        return [.. answer.GetProperty("packets").EnumerateArray().Select(Packet)];
    }

    /// <summary>Whether ffprobe can read anything at a URL.</summary>
    public static async Task<bool> CanReadAsync(string url)
    {
        await using var process = Start(url, []);
        return await process.WaitForExitAsync() == 0;
    }

    private static async Task<JsonElement> RunAsync(string url, IReadOnlyList<string> wishes)
    {
        await using var process = Start(url, wishes);
        var exitCode = await process.WaitForExitAsync();
        Assert.True(exitCode == 0, $"ffprobe cannot read {url}:\n{process.Tail()}");
        return JsonSerializer.Deserialize<JsonElement>(string.Join('\n', process.Output.Lines()));
    }

    private static PeerProcess Start(string url, IReadOnlyList<string> wishes)
    {
        var program = Peer.RequireProgram("ffprobe", "ffmpeg");
        string[] transport = url.StartsWith("rtsp", StringComparison.Ordinal) ? ["-rtsp_transport", "tcp"] : [];
        return PeerProcess.Start("ffprobe", program, ["-v", "error", "-of", "json", .. transport, .. wishes, url]);
    }

    private static ProbedPacket Packet(JsonElement packet)
    {
        return new ProbedPacket(packet.GetProperty("codec_type").GetString()!, Number("pts_time"), Number("dts_time"), (int)Number("size"));

        double Number(string name) => double.Parse(packet.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }

    private static ProbedStream Stream(JsonElement stream) => new()
    {
        Kind = stream.GetProperty("codec_type").GetString()!,
        Codec = stream.GetProperty("codec_name").GetString()!,
        Width = stream.TryGetProperty("width", out var width) ? width.GetInt32() : 0,
        Height = stream.TryGetProperty("height", out var height) ? height.GetInt32() : 0,
        PixelFormat = stream.TryGetProperty("pix_fmt", out var format) ? format.GetString() : null,
        HasBFrames = stream.TryGetProperty("has_b_frames", out var frames) && frames.GetInt32() > 0,
    };
}
