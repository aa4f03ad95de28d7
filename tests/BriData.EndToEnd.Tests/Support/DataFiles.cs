namespace BriData.EndToEnd.Tests.Support;

/// <summary>The bytes of a data directory, whatever has its files open.</summary>
internal static class DataFiles
{
    /// <summary>Names of the files that hold one of the byte sequences.</summary>
    public static List<string> Holding(string dataDirectory, params byte[][] sequences)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(dataDirectory, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "bridata.lock"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (sequences.Any(s => bytes.AsSpan(0, read).IndexOf(s) >= 0))
            {
                found.Add(Path.GetRelativePath(dataDirectory, file));
            }
        }

        return found;
    }
}
