namespace VisionStream.Tests.House;

/// <summary>Unsafe code stays in the two bindings and the pixel kernels.</summary>
public sealed class UnsafeTests
{
    private static readonly string[] Folders = ["src/LibAv/", "src/OnnxRuntime/", "src/Detector/Kernels/"];
    private static readonly string[] Projects = ["src/Detector/Detector.csproj", "src/LibAv/LibAv.csproj", "src/OnnxRuntime/OnnxRuntime.csproj"];

    [Fact]
    public void No_file_elsewhere_says_unsafe() => Findings.None(
        Checkout.Sources.Where(file => !Folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)) && file.Says("unsafe")).Select(file => file.Path));

    [Fact]
    public void Only_their_projects_allow_it() => Assert.Equal(
        Projects, Checkout.Files("src", "*.csproj").Where(path => Checkout.Project(path).Descendants("AllowUnsafeBlocks").Any()));
}
