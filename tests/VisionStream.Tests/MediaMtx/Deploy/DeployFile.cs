using VisionStream.Tests.LibAv;
using YamlDotNet.Serialization;

namespace VisionStream.Tests.MediaMtx.Deploy;

/// <summary>The files of deploy/.</summary>
internal static class DeployFile
{
    public static string PathOf(string name) => Path.Combine(Clips.RepositoryRoot, "deploy", name);

    public static string Text(string name) => File.ReadAllText(PathOf(name));

    /// <summary>A YAML file as maps, lists and texts; a key that stands twice fails.</summary>
    public static Dictionary<object, object?> Yaml(string name) =>
        new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<Dictionary<object, object?>>(Text(name));
}
