using VirtualView.Core.Crashes;
using VirtualView.Testing.Files;

namespace VirtualView.Torture.Tests;

public sealed class CrashPointTests
{
    private static readonly string[] Sources = [.. Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("CrashPoints.cs", StringComparison.Ordinal)).Select(File.ReadAllText)];

    public static TheoryData<string> Fields => [.. typeof(CrashPoints).GetFields().Select(found => found.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_crash_point_stands_in_the_code_once(string field) =>
        Assert.Equal(1, Sources.Sum(source => source.Split($"CrashPoint.Reached(CrashPoints.{field});").Length - 1));

    [Fact]
    public void All_crash_points_are_listed() =>
        Assert.Equal(typeof(CrashPoints).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(), CrashPoints.All.Order());
}
