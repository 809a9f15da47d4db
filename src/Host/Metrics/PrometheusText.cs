using System.Globalization;
using System.Text;

namespace VisionStream.Host.Metrics;

/// <summary>Writes metric families as Prometheus' text format has them: HELP, TYPE, then a line a value; a histogram as buckets, sum and count.</summary>
internal static class PrometheusText
{
    /// <summary>Writes all families that have a value.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            if (!family.Series.Any())
            {
                continue;
            }

            text.Append("# HELP ").Append(family.Name).Append(' ')
                .Append(family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n')
                .Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind).Append('\n');
            foreach (var series in family.Series)
            {
                if (family.Kind == "histogram")
                {
                    WriteHistogram(text, family.Name, series);
                }
                else
                {
                    Line(text, family.Name, series.Labels, series.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricSeries series)
    {
        var separator = series.Labels.Length == 0 ? "" : ",";
        foreach (var (upTo, count) in series.CumulativeBuckets())
        {
            var bound = double.IsPositiveInfinity(upTo) ? "+Inf" : upTo.ToString(CultureInfo.InvariantCulture);
            Line(text, name + "_bucket", $"{series.Labels}{separator}le=\"{bound}\"", count);
        }

        Line(text, name + "_sum", series.Labels, series.Value);
        Line(text, name + "_count", series.Labels, series.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
