namespace VisionStream.EndToEnd.Peers;

/// <summary>Pictures, clips and models for tests, which lie in a folder named shared beside the checkout.</summary>
public static class SharedFiles
{
    /// <summary>An MP4 with H.264 in it, such as mall-people-walking.mp4.</summary>
    public static string Clip(string name) => Require("media", "clips", name);

    /// <summary>A JPEG, such as bus.jpg.</summary>
    public static string Image(string name) => Require("media", "images", name);

    /// <summary>An ONNX model, such as yolov8n-640-int8-qdq.onnx.</summary>
    public static string Model(string name) => Require("models", name);

    /// <summary>A file of the shared folder; without it the test is skipped, or fails with CI=true.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Repository.Root, "..", "shared", .. parts]));
        Peer.Require(File.Exists(path), $"the test file {path} is not there");
        return path;
    }
}
