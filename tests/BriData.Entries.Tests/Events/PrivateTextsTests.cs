using System.Security.Cryptography;
using System.Text;
using BriData.Entries.Agencies;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Erasure;

namespace BriData.Entries.Tests.Events;

public sealed class PrivateTextsTests
{
    private static readonly LedgerId Ledger = LedgerId.Parse("agency/CN.customs");
    private static readonly ValueKey Key = new("the-key", new byte[ValueKey.SecretBytes]);

    [Fact]
    public void Open_OwnSidecar_GivesTextAndSaltThatMakeTheCommitment()
    {
        var (entry, sidecar) = Recorded("asked by Mr Smith");

        var text = PrivateTexts.Open(Key, Ledger, entry, sidecar.Span)!.Find(PrivateField.Of(entry.Data)!)!;

        Assert.Equal("asked by Mr Smith", text.Text);
        var commitment = Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(text.Salt), .. Encoding.UTF8.GetBytes(text.Text)]));
        Assert.Equal(((AgencySuspended)entry.Data).Reason, commitment);
        Assert.Equal("the-key", PrivateField.Of(entry.Data)!.Key);
    }

    [Fact]
    public void ToSidecar_Text_IsNotInIt()
    {
        var (_, sidecar) = Recorded("asked by Mr Smith");

        Assert.DoesNotContain("Smith", Encoding.Latin1.GetString(sidecar.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SidecarOfAnotherLedgerOrEntry_GivesNothing()
    {
        var (entry, sidecar) = Recorded("one");
        var (other, otherSidecar) = Recorded("two");

        Assert.Null(PrivateTexts.Open(Key, LedgerId.Parse("agency/CN.harbour"), entry, sidecar.Span));
        Assert.Null(PrivateTexts.Open(Key, Ledger, entry with { Transfer = "cn-kz-customs:7" }, sidecar.Span));
        Assert.Null(PrivateTexts.Open(Key, Ledger, entry, otherSidecar.Span)?.Find(PrivateField.Of(entry.Data)!));
        Assert.NotNull(PrivateTexts.Open(Key, Ledger, other, otherSidecar.Span)?.Find(PrivateField.Of(other.Data)!));
    }

    [Fact]
    public void ReadClear_SidecarFromBeforeSealing_GivesTheText()
    {
        var salt = new byte[16];
        var commitment = Convert.ToHexStringLower(SHA256.HashData([.. salt, .. "old"u8]));
        var sidecar = Encoding.UTF8.GetBytes("""{"texts":{"reason":{"salt":"SALT","text":"old"}}}""".Replace("SALT", Convert.ToHexStringLower(salt), StringComparison.Ordinal));

        var field = PrivateField.Of(new AgencySuspended(commitment))!;

        Assert.Null(field.Key);
        Assert.Equal("old", PrivateTexts.ReadClear(sidecar)!.Find(field)!.Text);
        Assert.Null(PrivateTexts.ReadClear(Recorded("new").Sidecar.Span));
    }

    [Fact]
    public void Under_NoKeyAndNoText_IsEmpty()
    {
        var texts = PrivateTexts.Under(null);

        Assert.Null(texts.Commit("reason", ""));
        Assert.Null(texts.KeyName);
        Assert.True(texts.ToSidecar(Ledger, Entry(new AgencySuspended(null))).IsEmpty);
    }

    private static (LedgerEvent Entry, ReadOnlyMemory<byte> Sidecar) Recorded(string text)
    {
        var texts = PrivateTexts.Under(Key);
        var entry = Entry(new AgencySuspended(texts.Commit("reason", text), texts.KeyName));
        return (entry, texts.ToSidecar(Ledger, entry));
    }

    private static LedgerEvent Entry(EventData data) => new() { At = DateTimeOffset.UnixEpoch, Parties = ["CN"], Data = data };
}
