using System.Text.Json.Nodes;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>Stateless. Writes the public halves of signing keys as a JSON Web Key Set (RFC 7517).</summary>
internal static class JwksDocument
{
    /// <summary>The document; a shared secret has no public half and is left out.</summary>
    public static string Of(IEnumerable<SigningKey> keys)
    {
        var list = new JsonArray();
        foreach (var key in keys)
        {
            if (key.PublicKey is not { } half)
            {
                continue;
            }

            // Member by member: whatever else the library's object holds stays here.
            var entry = new JsonObject { ["kty"] = half.Kty, ["use"] = "sig", ["alg"] = key.Algorithm, ["kid"] = key.Id };
            foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("crv", half.Crv), ("x", half.X), ("y", half.Y), ("n", half.N), ("e", half.E)])
            {
                if (!string.IsNullOrEmpty(value))
                {
                    entry[name] = value;
                }
            }

            list.Add(entry);
        }

        return new JsonObject { ["keys"] = list }.ToJsonString();
    }
}
