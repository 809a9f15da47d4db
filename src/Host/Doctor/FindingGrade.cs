namespace VisionStream.Host.Doctor;

/// <summary>How a check came out.</summary>
internal enum FindingGrade
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>The service runs; something is worth knowing.</summary>
    Note,

    /// <summary>The service cannot run, or not as asked, before this is mended.</summary>
    Bad,
}
