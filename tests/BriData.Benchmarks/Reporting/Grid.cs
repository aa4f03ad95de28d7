namespace BriData.Benchmarks.Reporting;

/// <summary>Columns of text, aligned to the right.</summary>
internal static class Grid
{
    public static void Write(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        string[][] lines = [header, .. rows];
        var widths = header.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadLeft(widths[column]))));
        }
    }
}
