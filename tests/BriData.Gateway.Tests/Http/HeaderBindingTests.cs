using System.Reflection;
using BriData.Contracts;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BriData.Gateway.Tests.Http;

/// <summary><c>Idempotency-Key</c> and <c>If-Match</c>.</summary>
public sealed class HeaderBindingTests
{
    [Theory]
    [InlineData("k")]
    [InlineData("7f3c9a52-6a53-4b1a-9f0e-7d2a0b5d1c11")]
    [InlineData("!~")]
    public async Task Key_OfVisibleCharacters_IsTaken(string value)
    {
        var key = await KeyAsync(nameof(Required), value);
        Assert.Null(key.Refusal);
        Assert.Equal(new Operation(value, "print"), key.With("print"));
    }

    [Fact]
    public async Task Key_AtItsLongest_IsTaken() => Assert.Null((await KeyAsync(nameof(Required), new string('k', 200))).Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    [InlineData("tab\t")]
    public async Task Key_OfOtherCharacters_IsRefused(string value)
    {
        Assert.Equal(ErrorCodes.IdempotencyKeyInvalid, (await KeyAsync(nameof(Required), value)).Refusal!.Code);
        Assert.Equal(ErrorCodes.IdempotencyKeyInvalid, (await KeyAsync(nameof(Optional), value)).Refusal!.Code);
    }

    [Fact]
    public async Task Key_TooLong_IsRefused() => Assert.Equal(ErrorCodes.IdempotencyKeyInvalid, (await KeyAsync(nameof(Required), new string('k', 201))).Refusal!.Code);

    [Fact]
    public async Task Key_Twice_IsRefused() => Assert.Equal(ErrorCodes.IdempotencyKeyInvalid, (await KeyAsync(nameof(Required), "a", "b")).Refusal!.Code);

    [Fact]
    public async Task Key_MissingWhereRequired_IsRefused() => Assert.Equal(ErrorCodes.IdempotencyKeyMissing, (await KeyAsync(nameof(Required))).Refusal!.Code);

    [Fact]
    public async Task Key_MissingWhereOptional_IsANewOneEachTime()
    {
        var (one, other) = (await KeyAsync(nameof(Optional)), await KeyAsync(nameof(Optional)));
        Assert.Null(one.Refusal);
        Assert.NotEqual(one.Value, other.Value);
    }

    [Theory]
    [InlineData("\"7\"", 7)]
    [InlineData("*", null)]
    [InlineData("", null)]
    public async Task IfMatch_VersionOrAny_IsTaken(string header, int? version)
    {
        var match = await MatchAsync(header);
        Assert.Null(match.Refusal);
        Assert.Equal(version, match.Version);
    }

    [Theory]
    [InlineData("\"first\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("W/\"1\"")]
    public async Task IfMatch_NoVersionOfThisDocument_IsAFailedPrecondition(string header) =>
        Assert.Equal(ErrorCodes.PreconditionFailed, (await MatchAsync(header)).Refusal!.Code);

    [Fact]
    public async Task IfMatch_WhatAnEtagSays_IsUnderstood() => Assert.Equal(12, (await MatchAsync(Etags.Of(12))).Version);

    private static async Task<IdempotencyKey> KeyAsync(string method, params string[] values)
    {
        var context = new DefaultHttpContext();
        if (values.Length > 0)
        {
            context.Request.Headers[IdempotencyKey.Header] = new StringValues(values);
        }

        return (await IdempotencyKey.BindAsync(context, Parameter(method)))!;
    }

    private static async Task<IfMatch> MatchAsync(string header)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.IfMatch = header;
        return (await IfMatch.BindAsync(context, Parameter(nameof(Required))))!;
    }

    private static ParameterInfo Parameter(string method) =>
        typeof(HeaderBindingTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.GetParameters()[0];

    private static void Required(IdempotencyKey key) => Assert.NotNull(key);

    private static void Optional([OptionalKey] IdempotencyKey key) => Assert.NotNull(key);
}
