using BriData.Ledger.Mirroring;

namespace BriData.Cli.Verifying;

/// <summary>The folders of a mirror of many ledgers: <c>kind/name</c>, or one below another; the root may hold a ledger too.</summary>
internal static class MirroredFolders
{
    /// <summary>Folders that say which ledger they hold.</summary>
    public static IReadOnlyList<string> In(string root) => Directory.Exists(root)
        ? [.. Directory.EnumerateFiles(root, LedgerPaths.Description, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).Select(file => Path.GetDirectoryName(file)!)]
        : [];

    /// <summary>Whether a folder says that it holds a ledger itself, whatever lies below it.</summary>
    public static bool IsLedger(string root) => File.Exists(Path.Combine(root, LedgerPaths.Description));

    /// <summary>Folders beside them that do not say it: whoever took the description away must not thereby take the ledger out of sight.</summary>
    public static IEnumerable<string> Undescribed(string root, IReadOnlyCollection<string> described)
    {
        var isLedger = IsLedger(root);
        foreach (var kind in Directory.EnumerateDirectories(root).Where(d => !described.Contains(d) && IsSeen(d) && !(isLedger && IsPartOfLedger(d))))
        {
            var below = Directory.GetDirectories(kind).Where(IsSeen).ToArray();
            foreach (var folder in below.Length == 0 || below.Any(IsPartOfLedger) ? [kind] : below)
            {
                if (!described.Contains(folder))
                {
                    yield return folder;
                }
            }
        }
    }

    private static bool IsSeen(string folder) => !Path.GetFileName(folder).StartsWith('.');

    // A folder that holds these is a ledger's own, not one of ledgers.
    private static bool IsPartOfLedger(string folder) => Path.GetFileName(folder) is "tile" or "documents" or "refused";
}
