/** When a pipeline is due: cron, time zone and what belongs to them, in Airflow's terms. */
package crm.engine.schedule;
