package crm.learning.forecasting;

import java.io.Serializable;

/**
 * The winner of a level and how wide its intervals are, as its rolling origins say.
 *
 * @param method with the least mean scaled error (MASE) among the candidates
 * @param half80 per horizon, half the width of an 80 % interval in units of what the series moved
 *     by lately; NaN where nothing was observed
 * @param half95 the same for 95 %
 * @param intervals how the bounds are made: normal with fewer than 19 residuals at a horizon, none
 *     with fewer than 2
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Choice(Method method, double[] half80, double[] half95, IntervalMethod intervals)
    implements Serializable {}
