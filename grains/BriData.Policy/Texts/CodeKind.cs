namespace BriData.Policy.Texts;

/// <summary>The vocabularies whose codes have texts. A code is unique within its kind only.</summary>
public enum CodeKind
{
    /// <summary>What a rule says, <c>MECHANISM_REQUIRED</c>; a sentence.</summary>
    Outcome,

    /// <summary>A lawful route or exemption, <c>SCC</c>; a name.</summary>
    Mechanism,

    /// <summary>A duty that goes with a transfer, <c>LOCAL_COPY</c>; a sentence that says what to do.</summary>
    Obligation,

    /// <summary>A purpose of a transfer, <c>HrManagement</c>; a name.</summary>
    Purpose,

    /// <summary>The reason of a decision, <c>PERMITTED</c>; a sentence.</summary>
    DecisionCode,

    /// <summary>The answer of a decision, <c>Deny</c>; a sentence.</summary>
    DecisionOutcome,

    /// <summary>Why a denial is one, <c>Indeterminate</c>; a sentence.</summary>
    DenialKind,

    /// <summary>A category of personal data, <c>Health</c>; a name.</summary>
    PersonalCategory,

    /// <summary>A step of the neutral ladder, <c>confidential</c>; a name that no country uses as its own mark.</summary>
    SecrecyLevel,

    /// <summary>An economy-wide grade, <c>Important</c>; a name.</summary>
    EconomicGrade,

    /// <summary>A fact of the catalogue, <c>accessMode</c>; a name short enough for a form.</summary>
    FactLabel,

    /// <summary>A fact of the catalogue, <c>accessMode</c>; a sentence that says what it states.</summary>
    FactDescription,
}
