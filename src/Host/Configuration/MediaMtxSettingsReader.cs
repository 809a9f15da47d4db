using VisionStream.MediaMtx.Addresses;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Discovery;
using VisionStream.MediaMtx.Naming;

namespace VisionStream.Host.Configuration;

/// <summary>Reads the section <c>mediamtx</c>; <c>--mediamtx</c> is its key <c>api</c>.</summary>
internal static class MediaMtxSettingsReader
{
    /// <summary>The rule that counts when none is given.</summary>
    private const string DefaultPattern = "live/*";

    /// <summary>Reads and checks; errors are collected by the node.</summary>
    /// <param name="node">The section.</param>
    /// <param name="defaults">What profiles take where they say nothing.</param>
    /// <param name="readAnalysis">Reads how a stream is analysed.</param>
    public static MediaMtxSettings Read(SettingsNode node, AnalysisOptions defaults, Func<SettingsNode, AnalysisOptions, AnalysisOptions> readAnalysis)
    {
        var fallback = new MediaMtxSettings();
        var profiles = ReadProfiles(node, defaults, readAnalysis);
        var settings = new MediaMtxSettings
        {
            Api = node.Text("api") ?? fallback.Api,
            Token = node.Text("token"),
            Profiles = profiles,
            Rules = ReadRules(node, profiles),
            Rtsp = node.Text("rtsp"),
            Rtmp = node.Text("rtmp"),
            Srt = node.Text("srt"),
            WebRtc = node.Text("webrtc"),
            Hls = node.Text("hls"),
            Playback = node.Text("playback"),
            InternalRtsp = node.Text("internal_rtsp"),
        };
        foreach (var error in new MediaMtxOptions { Api = settings.Api, Token = settings.Token }.Validate())
        {
            node.Refuse(error.StartsWith("MediaMtx:Token", StringComparison.Ordinal) ? "token" : "api", error[(error.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimEnd('.'));
        }

        CheckAddresses(node, settings);
        node.RefuseUnknown();
        return settings;
    }

    private static Dictionary<string, StreamProfile> ReadProfiles(
        SettingsNode node, AnalysisOptions defaults, Func<SettingsNode, AnalysisOptions, AnalysisOptions> readAnalysis)
    {
        var profiles = new Dictionary<string, StreamProfile>(StringComparer.Ordinal) { [StreamProfile.Default] = new() { Analysis = defaults } };
        foreach (var (_, section) in node.Entries("profiles"))
        {
            var child = node.Child("profiles").Child(section.Key);
            if (section.Key == PathRule.Ignore)
            {
                node.Refuse("profiles", $"'{PathRule.Ignore}' is the word for paths that are left alone; give the profile another name");
            }

            profiles[section.Key] = new StreamProfile { Analysis = readAnalysis(child, defaults), Annotate = child.Flag("annotate", fallback: false) };
            child.RefuseUnknown();
        }

        return profiles;
    }

    private static List<PathRule> ReadRules(SettingsNode node, Dictionary<string, StreamProfile> profiles)
    {
        var rules = new List<PathRule>();
        foreach (var (_, section) in node.Entries("rules"))
        {
            var child = node.Child("rules").Child(section.Key);
            var profile = child.Text("profile") ?? StreamProfile.Default;
            if (!NamePattern.TryParse(child.Text("match"), out var pattern, out var error))
            {
                child.Refuse("match", error.TrimEnd('.'));
            }
            else if (profile != PathRule.Ignore && !profiles.ContainsKey(profile))
            {
                child.Refuse("profile", $"there is no profile '{profile}'; there are {string.Join(", ", profiles.Keys.Append(PathRule.Ignore))}");
            }
            else
            {
                rules.Add(new PathRule(pattern, profile));
            }

            child.RefuseUnknown();
        }

        if (rules.Count == 0 && NamePattern.TryParse(DefaultPattern, out var live, out _))
        {
            rules.Add(new PathRule(live, StreamProfile.Default));
        }

        // A stream cannot be watched without a model, and nobody is there to be told of it at that time.
        foreach (var rule in rules.Where(r => profiles.GetValueOrDefault(r.Profile)?.Analysis.Model.Length == 0))
        {
            node.Refuse("profiles", $"the profile '{rule.Profile}' of the rule '{rule.Pattern}' has no model; give --model FILE.onnx, or a model in the profile");
        }

        return rules;
    }

    private static void CheckAddresses(SettingsNode node, MediaMtxSettings settings)
    {
        Check("rtsp", settings.Rtsp, a => new PublicAddresses { Rtsp = a });
        Check("rtmp", settings.Rtmp, a => new PublicAddresses { Rtmp = a });
        Check("srt", settings.Srt, a => new PublicAddresses { Srt = a });
        Check("webrtc", settings.WebRtc, a => new PublicAddresses { WebRtc = a });
        Check("hls", settings.Hls, a => new PublicAddresses { Hls = a });
        Check("playback", settings.Playback, a => new PublicAddresses { Playback = a });
        if (settings.InternalRtsp is { } rtsp && (!Uri.TryCreate(rtsp, UriKind.Absolute, out var uri) || uri.Scheme is not ("rtsp" or "rtsps")
            || uri.Host.Length == 0 || uri.PathAndQuery.Trim('/').Length > 0))
        {
            node.Refuse("internal_rtsp", "this is no address such as rtsp://mediamtx:8554");
        }

        void Check(string key, string? address, Func<string, PublicAddresses> with)
        {
            if (address is null or MediaMtxSettings.Off)
            {
                return;
            }

            foreach (var error in with(address).Validate())
            {
                // The sentence without the library's own name of the key.
                node.Refuse(key, $"this {error[(error.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimEnd('.')}");
            }
        }
    }
}
