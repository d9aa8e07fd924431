using System.Globalization;
using System.Text;

namespace VirtualView.Service.Metrics;

/// <summary>Writes the text format of Prometheus, version 0.0.4: each family with its help and type, then its samples.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public PrometheusText Gauge(string name, string help, double value) => Family(name, help, "gauge").Sample(name, value);

    public PrometheusText Counter(string name, string help, double value) => Family(name, help, "counter").Sample(name, value);

    /// <summary>One sample for each that has a value; nothing at all when none has.</summary>
    public PrometheusText Each<T>(string name, string help, string type, IEnumerable<T> all, Func<T, (string Name, string Value)[]> labels, Func<T, double?> value)
    {
        var samples = all.Select(one => (Labels: labels(one), Value: value(one))).Where(sample => sample.Value is not null).ToList();
        if (samples.Count == 0) return this;
        Family(name, help, type);
        foreach (var sample in samples)
            Sample(name, sample.Value!.Value, sample.Labels);
        return this;
    }

    public override string ToString() => _text.ToString();

    private PrometheusText Family(string name, string help, string type)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    private PrometheusText Sample(string name, double value, params (string Name, string Value)[] labels)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').AppendJoin(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\"")).Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    private static string Escape(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
