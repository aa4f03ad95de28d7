namespace BriData.Ledger.Mirroring;

/// <summary>Paths of a ledger's resources besides its tiles (<see cref="TilePath"/>), below the ledger's own address.</summary>
public static class LedgerPaths
{
    /// <summary>The newest signed checkpoint, C2SP tlog-checkpoint.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The newest checkpoint with the cosignatures that the ledger's policy asks for.</summary>
    public const string WitnessedCheckpoint = "checkpoint.witnessed";

    /// <summary>What a folder says about the ledger it holds, <see cref="LedgerDescription"/>.</summary>
    public const string Description = "ledger.json";

    private const string Documents = "documents/";

    /// <summary>A document that an entry names by its SHA-256.</summary>
    public static string Document(Hash256 digest) => Documents + digest;

    /// <summary>Reads the path of a document: 64 lower-case hexadecimal digits.</summary>
    public static bool TryDocument(string? path, out Hash256 digest)
    {
        digest = default;
        return path?.StartsWith(Documents, StringComparison.Ordinal) is true
            && Hash256.TryParseHex(path[Documents.Length..], out digest)
            && Document(digest) == path;
    }

    /// <summary>Whether this is the path of a resource that a ledger can have.</summary>
    public static bool IsResource(string? path) =>
        path is Checkpoint or WitnessedCheckpoint || TilePath.TryParse(path, out _) || TryDocument(path, out _);
}
