package crm.learning.forecasting;

import java.io.Serializable;

/**
 * What a series will be, per period after its last.
 *
 * @param method that gave the points of this series; not always the one that won the level
 * @param points finite; empty if the method is {@link Method#NONE}
 * @param intervals how the bounds were made; if {@link IntervalMethod#NONE}, they are NaN
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Forecast(
    Method method,
    double[] points,
    double[] lower80,
    double[] upper80,
    double[] lower95,
    double[] upper95,
    IntervalMethod intervals)
    implements Serializable {}
