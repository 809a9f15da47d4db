namespace VisionStream.Host.Configuration;

/// <summary>Stateless. Where the service keeps what outlives it.</summary>
internal static class StateFolder
{
    /// <summary>
    /// systemd's <c>STATE_DIRECTORY</c>, else <c>visionstream</c> below <c>XDG_STATE_HOME</c>, else <c>.local/state/visionstream</c> of the
    /// user (XDG Base Directory Specification 0.8). It need not exist yet.
    /// </summary>
    public static string Path
    {
        get
        {
            // systemd gives several folders with colons between them; the first is the unit's own.
            if (Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0] is { Length: > 0 } systemd)
            {
                return systemd;
            }

            var home = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } xdg
                ? xdg
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return System.IO.Path.Combine(home, "visionstream");
        }
    }
}
