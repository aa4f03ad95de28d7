using System.Globalization;
using BriData.Ledger;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;

namespace BriData.EndToEnd.Tests.Independent;

/// <summary>What the platform serves of one ledger, and what a verifier is told besides; a test changes it.</summary>
internal sealed class LogCopy
{
    private int _given;

    /// <summary>Resources by path. An array in it is never changed, only replaced.</summary>
    public required Dictionary<string, byte[]> Files { get; init; }

    public required string Vkey { get; set; }

    public string? Origin { get; set; }

    /// <summary>An older checkpoint that the verifier holds.</summary>
    public string? Old { get; set; }

    public List<string> Receipts { get; } = [];

    /// <summary>A resource that can be had once and then no more, for a reason that says nothing of the log.</summary>
    public string? OnceOnly { get; set; }

    public string Checkpoint
    {
        get => System.Text.Encoding.UTF8.GetString(Files["checkpoint"]);
        set => Files["checkpoint"] = System.Text.Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Whether a resource can be had this time.</summary>
    public bool Gives(string path) => path != OnceOnly || Interlocked.Increment(ref _given) == 1;

    public LogCopy Clone() => new() { Files = new Dictionary<string, byte[]>(Files), Vkey = Vkey, Origin = Origin };

    /// <summary>Flips one bit.</summary>
    public void Flip(string path, int at)
    {
        byte[] changed = [.. Files[path]];
        changed[at] ^= 1;
        Files[path] = changed;
    }

    /// <summary>Changes the entries of one bundle.</summary>
    public void Rewrite(string path, Action<List<byte[]>> change)
    {
        Assert.True(EntryBundle.TryRead(Files[path], out var read));
        List<byte[]> entries = [.. read.Select(e => e.ToArray())];
        change(entries);
        Files[path] = [.. entries.SelectMany(e => (byte[])[(byte)(e.Length >> 8), (byte)e.Length, .. e])];
    }

    /// <summary>
    /// A checkpoint of whatever size and root under a good signature of another key, and the verifier trusts that key: only
    /// the hashes can tell.
    /// </summary>
    public string Forge(Func<Checkpoint, Checkpoint> change)
    {
        var told = Notes(Checkpoint);
        using var signer = new NoteSigner(told.Origin, Hash256.OfSha256("forger"u8).ToArray());
        Vkey = signer.VerifierKey;
        return SignedNote.Sign(change(told).Write(), signer).Write();
    }

    public static Checkpoint Notes(string checkpoint) => Ledger.Notes.Checkpoint.Parse(SignedNote.Parse(checkpoint).Text);

    /// <summary>The text with one bit of the last base64 value before a marker changed.</summary>
    public static string WithOtherDigit(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

    public static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
}
