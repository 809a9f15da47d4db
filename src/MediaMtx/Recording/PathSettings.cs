using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VisionStream.MediaMtx.Recording;

/// <summary>
/// Stateless. The settings that an entry of its own needs, so that a path which a pattern has governed so far goes on unchanged:
/// MediaMTX disconnects the publisher when anything but the recording differs between the two.
/// </summary>
internal static class PathSettings
{
    // Answered masked by MediaMTX v1.20, so that a copy would set the mask as the secret.
    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(
        StringComparer.Ordinal, "srtReadPassphrase", "srtPublishPassphrase", "whepBearerToken", "publishUser", "publishPass", "readUser", "readPass");

    /// <summary>The settings by which an entry differs from the defaults, or <see langword="null"/> when they cannot be copied.</summary>
    public static JsonObject? Difference(JsonObject entry, JsonObject defaults)
    {
        // A pattern's source may be made of the parts of the path's name, which an entry of its own does not have.
        if (entry["source"] is { } source && !(source.GetValueKind() == JsonValueKind.String && source.GetValue<string>() == "publisher"))
        {
            return null;
        }

        var difference = new JsonObject();
        foreach (var (key, value) in entry)
        {
            if (key == "name" || JsonNode.DeepEquals(value, defaults[key]))
            {
                continue;
            }

            if (Secrets.Contains(key))
            {
                return null;
            }

            difference[key] = value?.DeepClone();
        }

        return difference;
    }
}
