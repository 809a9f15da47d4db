using System.Net;
using VisionStream.Ingest.Sources;
using VisionStream.MediaMtx.Keys;

namespace VisionStream.Host.Configuration;

/// <summary>Stateless. Reads who may do what: keys, the tokens' signing key, proxies, and the URLs that callers may name. No error holds a secret.</summary>
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
        HostNames = ReadHostNames(root),
        Urls = ReadUrls(root),
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
            if (TryNetwork(text) is { } network)
            {
                networks.Add(network);
            }
            else
            {
                root.Refuse("trusted_proxies", $"'{text}' is neither an address nor a network such as 172.17.0.0/16");
            }
        }

        return networks;
    }

    private static IReadOnlyList<string> ReadHostNames(SettingsNode root)
    {
        var names = root.List("host_names", []);
        foreach (var name in names.Where(n => Uri.CheckHostName(n) == UriHostNameType.Unknown))
        {
            root.Refuse("host_names", $"'{name}' is no host name such as vision.example.org, without a scheme and a port");
        }

        return names;
    }

    private static SourcePolicy ReadUrls(SettingsNode root)
    {
        var fallback = new SourcePolicy();
        var schemes = new List<SourceScheme>();
        foreach (var text in root.List("allowed_schemes", [.. fallback.Schemes.Select(s => s.ToString())]))
        {
            if (!int.TryParse(text, out _) && Enum.TryParse<SourceScheme>(text, ignoreCase: true, out var scheme))
            {
                schemes.Add(scheme);
            }
            else
            {
                root.Refuse("allowed_schemes", $"'{text}' is not one of {string.Join(", ", Enum.GetNames<SourceScheme>()).ToLowerInvariant()}");
            }
        }

        var hosts = root.List("allowed_hosts", []);
        foreach (var host in hosts.Where(h => TryNetwork(h) is null && Uri.CheckHostName(h.StartsWith("*.", StringComparison.Ordinal) ? h[2..] : h) == UriHostNameType.Unknown))
        {
            root.Refuse("allowed_hosts", $"'{host}' is neither a host such as camera.example.org or *.example.org nor a network such as 192.168.1.0/24");
        }

        return new SourcePolicy
        {
            Schemes = schemes,
            Hosts = [.. hosts.Where(h => TryNetwork(h) is null)],
            Networks = [.. hosts.Select(TryNetwork).OfType<IPNetwork>()],
            AllowPrivateAddresses = root.Flag("allow_private_hosts", fallback.AllowPrivateAddresses),
        };
    }

    private static IPNetwork? TryNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
