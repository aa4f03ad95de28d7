using BriData.Ledger.Payloads;
using BriData.Storage.Sqlite.Hosting;

namespace BriData.Storage.Sqlite.Payloads;

/// <summary>
/// Where payloads lie: <c>payloads/&lt;jurisdiction&gt;/staging</c> and <c>…/objects</c>. Every path is built here, from
/// names that were checked here.
/// </summary>
internal sealed class PayloadPaths(string root)
{
    public const int ReferenceLength = 32;

    public string Root { get; } = root;

    public string Staging(string jurisdiction) => Path.Combine(Root, Checked(jurisdiction), "staging");

    public string Objects(string jurisdiction) => Path.Combine(Root, Checked(jurisdiction), "objects");

    public string Staged(string jurisdiction, string reference) => Path.Combine(Staging(jurisdiction), CheckedReference(reference));

    public string Published(string jurisdiction, string reference) => Path.Combine(Objects(jurisdiction), CheckedReference(reference));

    /// <summary>Creates a jurisdiction's directories and makes their names durable.</summary>
    public void Create(string jurisdiction)
    {
        var (staging, objects) = (Staging(jurisdiction), Objects(jurisdiction));
        if (Directory.Exists(staging) && Directory.Exists(objects))
        {
            return;
        }

        // One by one: the mode is given only to the last directory of a path.
        var parent = Path.Combine(Root, jurisdiction);
        StorageDirectory.CreatePrivate(parent);
        StorageDirectory.CreatePrivate(staging);
        StorageDirectory.CreatePrivate(objects);
        DirectorySync.Flush(parent);
        DirectorySync.Flush(Root);
    }

    /// <summary>Files in staging, of every jurisdiction.</summary>
    public IEnumerable<string> AllStaged() => AllIn("staging");

    /// <summary>Every file, staged or published, with what its place says of it.</summary>
    public IEnumerable<(PayloadName Name, string Path)> All() => AllIn("staging").Concat(AllIn("objects")).Select(static path =>
        (new PayloadName(Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!), Path.GetFileName(path)), path));

    private IEnumerable<string> AllIn(string folder) => Directory
        .EnumerateDirectories(Root)
        .Select(jurisdiction => Path.Combine(jurisdiction, folder))
        .Where(Directory.Exists)
        .SelectMany(Directory.EnumerateFiles);

    /// <summary>Whether the names are ones that this store could have given out.</summary>
    public static bool AreNames(string jurisdiction, string reference) =>
        PayloadNames.IsJurisdiction(jurisdiction) && IsReference(reference);

    private static string Checked(string jurisdiction)
    {
        PayloadNames.RequireJurisdiction(jurisdiction);
        return jurisdiction;
    }

    private static string CheckedReference(string reference) =>
        IsReference(reference) ? reference : throw new ArgumentException("A payload reference is 32 lower-case hexadecimal digits.", nameof(reference));

    private static bool IsReference(string? reference) => reference is { Length: ReferenceLength } && reference.All(char.IsAsciiHexDigitLower);
}
