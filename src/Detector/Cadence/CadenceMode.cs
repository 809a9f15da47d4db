namespace VisionStream.Detector.Cadence;

/// <summary>When frames are analysed.</summary>
public enum CadenceMode
{
    /// <summary>A changed scene at once while the budget allows, an unchanged one at the set rate. The average is the set rate.</summary>
    Adaptive,

    /// <summary>A plain timer: the newest frame at every tick.</summary>
    Fixed,

    /// <summary>A changed scene as with <see cref="Adaptive"/>, an unchanged one at the idle rate only.</summary>
    Gated,
}
