namespace BriData.Ledger.Verification;

/// <summary>Takes a ledger's entries as their hashes are verified.</summary>
/// <typeparam name="T">An entry as read.</typeparam>
public interface IEntryReader<T>
{
    /// <summary>Reads one entry by itself. Called from several threads at a time, in no order.</summary>
    T Read(ReadOnlyMemory<byte> entry);

    /// <summary>Whether the reading has shown that the entry is canonical, so that nobody need look at its form again.</summary>
    bool ShowsForm(T entry);

    /// <summary>
    /// Takes an entry, in order and without gaps. Its bytes hash as its tile says; whether the tree is the signed one is known
    /// only at the end.
    /// </summary>
    ValueTask TakeAsync(long index, T entry, CancellationToken cancellationToken);
}
