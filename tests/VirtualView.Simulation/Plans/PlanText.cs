using System.Globalization;
using System.Text;

namespace VirtualView.Simulation.Plans;

/// <summary>A plan as the C# that makes it, to become a named test.</summary>
public static class PlanText
{
    public static string Show(SimulationPlan plan)
    {
        var world = plan.World;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"new SimulationPlan({plan.Seed}, new WorldPlan(");
        AppendList(text, world.Sources, Show);
        AppendList(text, world.Mappings, Show);
        AppendList(text, world.Files, Show);
        text.AppendLine(CultureInfo.InvariantCulture, $"    {world.BlockSizeBytes}, {world.CapacityBlocks}, {world.MaxRequestBytes}, {world.MaxReadAheadBytes}, {world.PollSeconds}, RevalidateRule.{world.Revalidate}),");
        AppendList(text, plan.Steps, Show);
        text.Length -= 2; // the last comma and line end
        return text.Append(");").ToString();
    }

    public static string Show(Step step)
    {
        (string Name, int Value)[] fields =
            [("Source", step.Source), ("Path", step.Path), ("Slot", step.Slot), ("A", step.A), ("B", step.B), ("C", step.C)];
        var given = fields.Where(field => field.Value != 0).Select(field => $"{field.Name} = {field.Value}").ToArray();
        return $"new Step(StepKind.{step.Kind})" + (given.Length == 0 ? "" : $" {{ {string.Join(", ", given)} }}");
    }

    private static string Show(SourcePlan source) =>
        $"new SourcePlan(\"{source.Name}\", {(source.HasTags ? "true" : "false")}, ListingDetail.{source.Listing}, {source.MaxLatencyMilliseconds})";

    private static string Show(MappingPlan mapping) =>
        $"new MappingPlan(\"{mapping.At}\", [{string.Join(", ", mapping.Sources)}], SameRule.{mapping.Same})";

    private static string Show(FilePlan file) =>
        $"new FilePlan({file.Source}, \"{file.Path}\", {file.SizeBytes}, {file.AgeSeconds}{(file.CopyOf is { } other ? $", {other}" : "")})";

    private static void AppendList<T>(StringBuilder text, IEnumerable<T> items, Func<T, string> show)
    {
        text.AppendLine("    [");
        foreach (var item in items)
            text.Append("        ").Append(show(item)).Append(",\n");
        text.Append("    ],\n");
    }
}
