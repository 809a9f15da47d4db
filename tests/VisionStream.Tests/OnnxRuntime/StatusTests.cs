using System.Reflection;
using System.Text.RegularExpressions;
using VisionStream.OnnxRuntime.Native;

namespace VisionStream.Tests.OnnxRuntime;

public sealed partial class StatusTests
{
    [Fact]
    public void Every_call_that_returns_a_status_is_checked()
    {
        var withStatus = typeof(OrtApi).GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(f => f.FieldType.GetFunctionPointerReturnType() == typeof(OrtStatus).MakePointerType())
            .Select(f => f.Name).ToHashSet();
        var calls = Directory.GetFiles(Path.Combine(NativeOnnxRuntime.Root(), "src", "OnnxRuntime"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Call().Matches(File.ReadAllText(f)).Select(m => (File: Path.GetFileName(f), Name: m.Groups["name"].Value, Statement: m.Groups["before"].Value)))
            .Where(c => withStatus.Contains(c.Name))
            .ToArray();

        Assert.True(calls.Length >= withStatus.Count - 8, $"only {calls.Length} calls were found for {withStatus.Count} functions");
        Assert.All(calls, c => Assert.True(
            c.Statement.Contains("NativeStatus.Check(", StringComparison.Ordinal), $"{c.File}: the status of {c.Name} is not checked"));
    }

    // From the end of the statement before to the opening parenthesis of a call through the table.
    [GeneratedRegex(@"(?<=(?<before>[^;{}]*))\b[aA]pi->(?<name>\w+)\(", RegexOptions.Singleline)]
    private static partial Regex Call();
}
