namespace BriData.Storage.Sqlite.Database;

/// <summary>How far a write-ahead log has been written back.</summary>
/// <param name="Frames">Pages in the log.</param>
/// <param name="WrittenBack">How many of them, from the first on, are in the file.</param>
internal readonly record struct WalState(int Frames, int WrittenBack)
{
    /// <summary>Pages that are in the log alone.</summary>
    public int Rest => Frames - WrittenBack;
}
