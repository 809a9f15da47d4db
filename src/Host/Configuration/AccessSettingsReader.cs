using System.Net;
using VisionStream.MediaMtx.Keys;

namespace VisionStream.Host.Configuration;

/// <summary>Stateless. Reads <c>keys</c>, <c>signing_key_file</c> and <c>trusted_proxies</c>. No error holds a secret.</summary>
internal static class AccessSettingsReader
{
    /// <summary>Reads and checks.</summary>
    /// <param name="root">The whole configuration.</param>
    /// <param name="errors">Gets a sentence for each error.</param>
    public static AccessSettings Read(SettingsNode root, List<string> errors) => new()
    {
        Keys = ReadKeys(root, errors),
        SigningKeyFile = root.Text("signing_key_file"),
        TrustedProxies = ReadProxies(root),
    };

    private static List<ApiKey> ReadKeys(SettingsNode root, List<string> errors)
    {
        if (root.Text("keys") is not null)
        {
            root.Refuse("keys", "this is a list of objects with name, secret and scopes");
        }

        var keys = new List<ApiKey>();
        foreach (var (path, section) in root.Entries("keys"))
        {
            var node = new SettingsNode(path, [section], errors);
            var (name, secret, scopes) = (node.Text("name"), node.Text("secret"), node.List("scopes", []));
            node.RefuseUnknown();
            if (!ApiKey.TryParse(name, secret, scopes, out var key, out var error))
            {
                errors.Add($"{path}: {error}");
            }
            else if (keys.FirstOrDefault(k => k.Name == key.Name || k.Hash == key.Hash) is { } twin)
            {
                errors.Add(twin.Name == key.Name
                    ? $"{path}.name: there is another key of the name '{key.Name}'; give each its own."
                    : $"{path}.secret: the keys '{twin.Name}' and '{key.Name}' have the same secret; give each its own.");
            }
            else
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static List<IPNetwork> ReadProxies(SettingsNode root)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in root.List("trusted_proxies", []))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                root.Refuse("trusted_proxies", $"'{text}' is neither an address nor a network such as 172.17.0.0/16");
            }
        }

        return networks;
    }
}
