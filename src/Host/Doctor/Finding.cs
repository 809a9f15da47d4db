namespace VisionStream.Host.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Grade">How it came out.</param>
/// <param name="Found">What is there.</param>
/// <param name="Advice">What to do about it; empty when nothing.</param>
internal sealed record Finding(string Subject, FindingGrade Grade, string Found, string Advice = "");
